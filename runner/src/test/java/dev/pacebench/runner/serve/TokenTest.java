package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that others than this machine may reach. */
@Timeout(60)
class TokenTest {

  private static final String TOKEN = "0123456789abcdef+/=";

  @TempDir Path folder;

  @Test
  void othersAreNeverLetInWithoutAToken() {
    for (String bind : List.of("0.0.0.0", "::", "192.0.2.1")) {
      assertThatThrownBy(() -> settings(bind, Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(bind);
    }
    assertThatThrownBy(() -> settings("0.0.0.0", Optional.of("short")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("5 characters")
        .hasMessageNotContaining("short");
    assertThat(settings("127.0.0.2", Optional.empty()).bind()).isEqualTo("127.0.0.2");
    assertThat(settings("0.0.0.0", Optional.of(TOKEN)).token()).isPresent();
  }

  @Test
  void everythingAsksForTheTokenWhichABrowserGivesOnce() throws Exception {
    try (ServedHome home = new ServedHome(folder, 1);
        PageServer server =
            home.serve(settings("127.0.0.1", Optional.of(TOKEN)), ServedHome.QUICK)) {
      RawHttp http = new RawHttp(server.url());
      for (String target :
          List.of("/", "/data.json", "/events", "/runs", "/nothing", "/?token=wrong", "/?token=")) {
        RawHttp.Answer answer = http.get(target);
        assertThat(answer.status()).as(target).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("run-1", TOKEN);
      }
      assertThat(http.get("/runs", "Authorization: Bearer " + TOKEN).status()).isEqualTo(200);
      assertThat(http.get("/runs", "Authorization: Bearer " + TOKEN + "x").status()).isEqualTo(401);

      RawHttp.Answer given = http.get("/runs?token=0123456789abcdef%2B/%3D");
      assertThat(given.status()).isEqualTo(303);
      assertThat(given.header("Location")).isEqualTo("/runs");
      String cookie = given.header("Set-Cookie");
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
      String kept = cookie.substring(0, cookie.indexOf(';'));
      assertThat(http.get("/runs", "Cookie: a=b; " + kept).status()).isEqualTo(200);
      assertThat(http.get("/runs", "Cookie: " + kept + "0").status()).isEqualTo(401);
      // A redirect never leads elsewhere.
      assertThat(http.get("//evil.example/?token=0123456789abcdef%2B/%3D").header("Location"))
          .isEqualTo("/");
    }
  }

  private static ServeSettings settings(String bind, Optional<String> token) {
    return new ServeSettings(bind, 0, token, List.of(), "test");
  }
}
