package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.Finding.State;
import dev.pacebench.runner.lineup.Credential;
import dev.pacebench.runner.lineup.Credential.Source;
import dev.pacebench.runner.lineup.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of servers that answer, and of those that do not. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerProbeTest {

  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;
  private final DoctorServers servers = new DoctorServers();

  @AfterEach
  void close() throws Exception {
    servers.close();
  }

  @Test
  void aServerThatListsItsModelsIsComparedWithTheLineup() throws Exception {
    int port = servers.plain(200, "{\"data\": [{\"id\": \"small\"}]}", Map.of());

    assertThat(look("http://127.0.0.1:" + port + "/v1", LONG, Set.of("small")))
        .extracting(Finding::state)
        .containsExactly(State.OK);
    assertThat(look("http://127.0.0.1:" + port + "/v1/", LONG, Set.of("smal")))
        .extracting(Finding::state)
        .containsExactly(State.OK, State.WARN)
        .as("the second names the id");
    assertThat(servers.asked())
        .allSatisfy(request -> assertThat(request).startsWith("GET /v1/models "));
  }

  @Test
  void aServerOfGeminiListsItsModelsInItsOwnWay() throws Exception {
    int port = servers.plain(200, "{\"models\": [{\"name\": \"models/small\"}]}", Map.of());
    String base = "http://127.0.0.1:" + port;

    for (String url : new String[] {base, base + "/v1beta"}) {
      Provider provider = new Provider("lab", "gemini", url, Optional.empty(), Map.of(), Map.of());
      assertThat(new ServerProbe(provider, LONG, Map.of()).examine(Set.of("small", "smal")))
          .extracting(Finding::state)
          .containsExactly(State.OK, State.WARN);
    }
    assertThat(servers.asked())
        .allSatisfy(request -> assertThat(request).startsWith("GET /v1beta/models "));
  }

  @Test
  void aListThatIsNoListSaysNothing() throws Exception {
    int port = servers.plain(200, "<html>", Map.of());

    assertThat(look("http://127.0.0.1:" + port, LONG, Set.of("m")))
        .extracting(Finding::state)
        .containsExactly(State.OK);
  }

  @ParameterizedTest
  @CsvSource({"401,OK,wants its key", "404,OK,answers", "301,WARN,elsewhere", "503,WARN,503"})
  void anyAnswerTellsThatItIsThere(int status, State state, String what) throws Exception {
    int port = servers.plain(status, "", Map.of("location", "http://127.0.0.1:1/"));

    Finding finding = look("http://127.0.0.1:" + port + "/v1", LONG, Set.of("m")).get(0);

    assertThat(finding.state()).isEqualTo(state);
    assertThat(finding.what()).contains(what);
    assertThat(servers.asked()).hasSize(1);
  }

  @Test
  void aServerThatWantsAKeyOfALineupWithoutOneIsNamed() throws Exception {
    int port = servers.plain(401, "", Map.of());
    Provider open = provider("http://127.0.0.1:" + port + "/v1", Optional.empty());

    List<Finding> findings = new ServerProbe(open, LONG, Map.of()).examine(Set.of());

    assertThat(findings).singleElement().extracting(Finding::state).isEqualTo(State.WARN);
    assertThat(findings.get(0).remedy()).contains("credential");
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    Finding finding = only("http://127.0.0.1:" + DoctorServers.closedPort() + "/v1", LONG);

    assertThat(finding.what()).contains("provider lab", "refuses connections");
    assertThat(finding.remedy()).contains("start the server");
  }

  @ParameterizedTest
  @CsvSource({"http", "https"})
  void aServerThatNeverSaysAWordIsLetGo(String scheme) throws Exception {
    Finding finding = only(scheme + "://127.0.0.1:" + servers.blackHole() + "/v1", SHORT);

    assertThat(finding.what()).contains("does not answer within 300 ms");
  }

  @Test
  void whatIsNoWebServerIsNotTakenForOne() throws Exception {
    int port = servers.stranger();

    assertThat(only("http://127.0.0.1:" + port + "/v1", LONG).what()).contains("no web server");
    assertThat(only("https://127.0.0.1:" + port + "/v1", LONG).what()).contains("speaks no TLS");
  }

  @Test
  void aNameThatNobodyKnowsIsToldAsSuch() throws Exception {
    assertThat(only("https://no-such-host.invalid/v1", LONG).what()).contains("name is unknown");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsToldAsSuch() throws Exception {
    int port = servers.secure(DoctorServers.store(folder), 200, "{}");

    Finding finding = only("https://localhost:" + port + "/v1", LONG);

    assertThat(finding.what()).contains("certificate is not trusted");
    assertThat(finding.remedy()).contains("trustStore");
    assertThat(servers.asked()).isEmpty();
  }

  @Test
  void aTrustedCertificateIsGoodForItsNameAlone() throws Exception {
    Path store = DoctorServers.store(folder);
    int port = servers.secure(store, 401, "");
    String before = System.getProperty(TRUST);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", DoctorServers.PASSWORD);
    try {
      assertThat(look("https://localhost:" + port + "/v1", LONG, Set.of()))
          .extracting(Finding::state)
          .containsExactly(State.OK);
      assertThat(only("https://127.0.0.1:" + port + "/v1", LONG).what())
          .contains("certificate is not trusted", "another name");
    } finally {
      System.clearProperty(TRUST + "Password");
      if (before == null) {
        System.clearProperty(TRUST);
      } else {
        System.setProperty(TRUST, before);
      }
    }
  }

  private Finding only(String url, Duration limit) throws Exception {
    List<Finding> findings = look(url, limit, Set.of("m"));
    assertThat(findings).singleElement().extracting(Finding::state).isEqualTo(State.FAIL);
    return findings.get(0);
  }

  private static List<Finding> look(String url, Duration limit, Set<String> models)
      throws Exception {
    Credential credential =
        new Credential(Source.ENV, List.of("LAB_KEY"), Optional.empty(), Optional.empty());
    return new ServerProbe(provider(url, Optional.of(credential)), limit, Map.of()).examine(models);
  }

  private static Provider provider(String url, Optional<Credential> credential) {
    return new Provider("lab", "openai-chat", url, credential, Map.of(), Map.of());
  }
}
