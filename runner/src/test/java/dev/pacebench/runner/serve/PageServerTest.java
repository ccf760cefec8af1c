package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server gives, and to whom it gives nothing. */
@Timeout(60)
class PageServerTest {

  private static final String TRIAL = "/runs/run-1/trials/trial-0";
  private static final String SECRET = "nobody may read this";

  @TempDir static Path folder;

  private static ServedHome home;
  private static PageServer server;
  private static RawHttp http;

  @BeforeAll
  static void start() throws IOException {
    home = new ServedHome(folder.resolve("home"), 3);
    Path evidence = home.finish(0);
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
    Files.writeString(home.home.root().resolve("secret.txt"), SECRET);
    Files.createSymbolicLink(evidence.resolve("link.txt"), secret);
    Files.createSymbolicLink(evidence.resolve("linked"), folder);
    Files.createDirectories(evidence.resolve("agent"));
    Files.writeString(evidence.resolve("agent/odd name %2e.txt"), "<script>alert(1)</script>");
    Files.write(evidence.resolve("agent/binary"), new byte[] {1, 0, 2});
    home.finish(1);
    server = home.serve(ServedHome.settings(), ServedHome.QUICK);
    http = new RawHttp(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    home.close();
  }

  @Test
  void theBoardItsDataAndTheListsAreThere() throws IOException {
    assertThat(http.get("/").status()).isEqualTo(200);
    assertThat(http.get("/").body()).contains("data-live=\"/events?", "data-url=\"/data.json\"");
    assertThat(http.get("/?run=run-1").body()).contains("run=run-1");
    assertThat(http.get("/data.json").body()).contains("\"planned\":3", "\"done\":2");
    assertThat(http.get("/runs").body()).contains("run-1", "2/3");
    assertThat(http.get("/runs/run-1").body()).contains(TRIAL, "solved", "pending");
    assertThat(http.get(TRIAL).body()).contains("all is well", "1.50 s", "made up", ">reward 1<");
    assertThat(http.get("/runs/run-1/trials/trial-2").body()).contains("pending");
  }

  @Test
  void noPageSaysWhereSomebodyKeepsFiles() throws IOException {
    for (String target : List.of("/", "/data.json", "/runs", "/runs/run-1")) {
      assertThat(http.get(target).body())
          .as(target)
          .contains("./sample.yaml")
          .doesNotContain("/home/somebody", "lineups/sample");
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    for (String target :
        List.of(
            "/?run=other",
            "/data.json?run=other",
            "/runs/other",
            "/runs/run-1/trials/none",
            "/favicon.ico",
            TRIAL + "/files",
            TRIAL + "/files/none",
            TRIAL + "?try=try-2",
            TRIAL + "?try=../try-1",
            "/runs/run-1?from=-1",
            "/index.html")) {
      assertThat(http.get(target).status()).as(target).isEqualTo(404);
    }
  }

  @Test
  void everyAnswerKeepsOtherSitesAway() throws IOException {
    for (String target :
        List.of("/", "/data.json", "/runs", TRIAL, "/nothing", TRIAL + "/files/result")) {
      RawHttp.Answer answer = http.get(target);
      assertThat(answer.header("Content-Security-Policy"))
          .as(target)
          .startsWith("default-src 'none'");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(answer.header("Cache-Control")).isIn("no-store", "private, no-cache");
    }
    assertThat(http.get(TRIAL).header("Content-Security-Policy"))
        .contains("frame-ancestors 'none'", "script-src 'sha256-")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/runs/../../secret.txt",
        "/runs/%2e%2e/secret.txt",
        "/runs/%252e%252e/secret.txt",
        "/runs/run-1/trials/../../../secret.txt",
        "/runs/run-1/trials/trial-0/files/../../../../../../secret.txt",
        "/runs/run-1/trials/trial-0/files/..%2f..%2f..%2f..%2f..%2fsecret.txt",
        "/runs/run-1/trials/trial-0/files/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/runs/run-1/trials/trial-0/files/..%5c..%5csecret.txt",
        "/runs/run-1/trials/trial-0/files/%c0%ae%c0%ae/secret.txt",
        "/runs/run-1/trials/trial-0/files/%00",
        "/runs/run-1/trials/trial-0/files/verifier/test-stdout.txt%00.html",
        "/runs/run-1/trials/trial-0/files//etc/passwd",
        "/runs/run-1/trials/trial-0/files/%2fetc%2fpasswd",
        "/runs/run-1/trials/trial-0/files/link.txt",
        "/runs/run-1/trials/trial-0/files/linked/secret.txt",
        "/runs/run-1/trials/trial-0/files/linked",
        "/runs/run-1/trials/trial-0/files/verifier",
        "/runs/run-1/trials/..%2f..%2f..",
        "/runs/..",
        "//etc/passwd",
        "/%"
      })
  void nothingOutsideOfTheEvidenceIsReached(String target) throws IOException {
    RawHttp.Answer answer = http.get(target);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain(SECRET, "root:");
  }

  @Test
  void filesOfTheEvidenceAreTextThatNoBrowserRuns() throws IOException {
    RawHttp.Answer text =
        http.get(
            TRIAL
                + "/files/agent/"
                + URLEncoder.encode("odd name %2e.txt", StandardCharsets.UTF_8)
                    .replace("+", "%20"));
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(text.header("Content-Security-Policy")).contains("sandbox");
    assertThat(text.body()).contains("<script>");
    RawHttp.Answer binary = http.get(TRIAL + "/files/agent/binary");
    assertThat(binary.header("Content-Disposition")).isEqualTo("attachment");
    assertThat(http.get(TRIAL).body())
        .contains("/files/agent/odd%20name%20%252e.txt")
        .doesNotContain("link.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"})
  void nothingButReadingIsPossible(String method) throws IOException {
    RawHttp.Answer answer = http.ask(method + " /runs HTTP/1.1", http.host());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void headGivesTheHeadersAlone() throws IOException {
    RawHttp.Answer answer = http.ask("HEAD /runs HTTP/1.1", http.host());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(Integer.parseInt(answer.header("Content-Length"))).isPositive();
  }

  @Test
  void aNameThatIsMadeToPointHereIsRefused() throws IOException {
    int port = server.url().getPort();
    for (String host :
        List.of(
            "",
            "Host: evil.example",
            "Host: evil.example:" + port,
            "Host: 127.0.0.1",
            "Host: 127.0.0.1:1",
            "Host: 127.0.0.1.evil.example:" + port,
            "Host: 10.0.0.1:" + port,
            "Host: 127.0.0.1:" + port + "\r\nHost: evil.example")) {
      assertThat(http.ask("GET /data.json HTTP/1.1", host).status()).as(host).isIn(400, 421);
    }
    for (String name : List.of("localhost", "LOCALHOST", "127.0.0.1", "[::1]")) {
      assertThat(http.ask("GET /runs HTTP/1.1", "Host: " + name + ":" + port).status())
          .isEqualTo(200);
    }
  }

  @Test
  void otherSitesGetNothingButMayLinkHere() throws IOException {
    URI url = server.url();
    for (String header :
        List.of(
            "Origin: https://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Origin: http://127.0.0.1:1")) {
      assertThat(http.get("/data.json", header).status()).as(header).isEqualTo(403);
      assertThat(http.get("/events", header).status()).as(header).isEqualTo(403);
    }
    assertThat(
            http.get(
                    "/data.json",
                    "Origin: http://127.0.0.1:" + url.getPort(),
                    "Sec-Fetch-Site: same-origin")
                .status())
        .isEqualTo(200);
    String[] link = {
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    };
    assertThat(http.get("/", link).status()).isEqualTo(200);
    assertThat(http.get("/data.json", link).status()).isEqualTo(403);
    assertThat(
            http.get(
                    "/",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: iframe")
                .status())
        .isEqualTo(403);
  }

  @Test
  void hugeRequestsAreTurnedAway() throws IOException {
    assertThat(http.get("/" + "a".repeat(20_000)).status()).isEqualTo(414);
    assertThat(http.get("/", "X: " + "a".repeat(40_000)).status()).isEqualTo(431);
    assertThat(http.get("/", "Content-Length: 5").status()).isEqualTo(413);
    assertThat(http.get("/", "Transfer-Encoding: chunked").status()).isEqualTo(413);
    assertThat(http.get("/?" + "a=b&".repeat(1_500)).status()).isIn(200, 414);
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws IOException {
    String etag = http.get("/data.json").header("ETag");
    assertThat(etag).isNotEmpty();
    RawHttp.Answer again = http.get("/data.json", "If-None-Match: " + etag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(http.get("/data.json", "Accept-Encoding: br, gzip").header("Content-Encoding"))
        .isEqualTo("gzip");
    assertThat(http.get("/data.json", "Accept-Encoding: gzip;q=0").header("Content-Encoding"))
        .isEmpty();
  }
}
