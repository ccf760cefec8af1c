package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a doctor says of a lineup, and that it never says a key. */
@Tag("local")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LineupDoctorTest {

  private static final String CANARY = "canary-8c1d0a7b52e94f36";

  @TempDir Path folder;
  private final DoctorServers servers = new DoctorServers();
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(folder.resolve("home"));
  }

  @AfterEach
  void close() throws Exception {
    servers.close();
  }

  @Test
  void everyKindOfKeyIsFoundAndNoneIsShownOrSent() throws Exception {
    int port = servers.plain(401, "{\"error\": \"no key\"}", Map.of());
    Path own = key("own", "rw-------");
    Path open = key("open", "rw-r--r--");
    pacebench.with("DOCTOR_KEY", CANARY);

    Result result =
        doctor(
            lineup(
                "{env: DOCTOR_KEY}"
                    + "\n    headers: {x-account: {command: [cat, "
                    + own
                    + "]}, x-team: {file: "
                    + open
                    + "}}",
                "http://127.0.0.1:" + port + "/v1"),
            "-v");

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(lines(result, "key"))
        .extracting(line -> line.get("state").asString())
        .containsExactly("ok", "ok", "ok", "warn");
    assertThat(lines(result, "key").get(3).get("what").asString())
        .contains("x-team", "read by everybody");
    assertThat(lines(result, "server").get(0).get("what").asString()).contains("wants its key");
    assertThat(result.out() + result.err() + servers.asked()).doesNotContain(CANARY);
  }

  @Test
  void whateverIsMissingIsToldAtOnceAndEndsWith3() throws Exception {
    Path silent = key("silent", "rw-------");
    Files.writeString(silent, "");
    String file =
        """
        providers:
          unset: {protocol: openai-chat, base_url: "http://127.0.0.1:%d/v1", credential: {env: NO_SUCH_KEY}}
          empty: {protocol: openai-chat, base_url: "http://127.0.0.1:%d/v1", credential: {file: %s}}
          failing: {protocol: openai-chat, base_url: "http://127.0.0.1:%d/v1", credential: {command: [sh, -c, "echo %s; exit 3"]}}
          again: {protocol: replay}
        models:
          a: {provider: unset, id: m}
          b: {provider: empty, id: m}
          c: {provider: failing, id: m}
          d: {provider: again, id: m, recording: 20200101-000000-none}
          e: {provider: unset, id: other}
        contenders:
          - {name: a, agent: loop, model: a, limits: {tokens: 1000}}
          - {name: b, agent: loop, model: b, limits: {tokens: 1000}}
          - {name: c, agent: loop, model: c}
          - {name: d, agent: loop, model: d}
        """
            .formatted(
                DoctorServers.closedPort(),
                DoctorServers.closedPort(),
                silent,
                DoctorServers.closedPort(),
                CANARY);

    Result result = doctor(file);

    assertThat(result.code()).as(result.out()).isEqualTo(3);
    assertThat(lines(result, "key"))
        .hasSize(3)
        .allSatisfy(
            line -> {
              assertThat(line.get("state").asString()).isEqualTo("fail");
              assertThat(line.get("remedy").asString()).isNotBlank();
            });
    assertThat(lines(result, "key").get(0).get("what").asString())
        .contains("NO_SUCH_KEY", "not set");
    assertThat(lines(result, "server"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.get("what").asString()).contains("refuses"));
    assertThat(lines(result, "model"))
        .extracting(line -> line.get("state").asString())
        .containsExactly("fail", "warn");
    assertThat(lines(result, "limit").get(0).get("what").asString()).contains("contender c");
    assertThat(result.out() + result.err()).doesNotContain(CANARY);
  }

  @Test
  void aBadFileIsToldWithAllItsProblemsAndEndsWith2() throws Exception {
    Result result =
        doctor(
            """
            providers:
              far: {protocol: anthropic-messages, base_url: "https://localhost/v1"}
            models:
              m: {provider: far, id: m}
            contenders:
              - {name: a, agent: lop, model: m}
              - {name: b, agent: loop, model: m, tier: {transport: websocket}, limits: {cost: 1}}
            """);

    assertThat(result.code()).isEqualTo(2);
    assertThat(lines(result, "lineup").get(0).get("what").asString())
        .contains("3 problems", "did you mean", "websocket", "price");
    assertThat(lines(result, "server")).isEmpty();
  }

  @Test
  void madeUpModelsAreCalledThat() {
    Result result = pacebench.run("doctor", "-l", "codex-spark", "--json");

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(lines(result, "model"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.get("what").asString()).contains("SIMULATED"));
  }

  @Test
  void aRunWithoutItsRecordingIsRefusedBeforeAnyTrial() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("replay.yaml"),
            """
            providers:
              again: {protocol: replay}
            models:
              m: {provider: again, id: m, recording: 20200101-000000-none}
            contenders:
              - {name: a, agent: loop, model: m}
            """);

    Result result =
        pacebench.run(
            "run",
            "-t",
            "starter-terminal",
            "-l",
            file.toString(),
            "--sandbox",
            "local",
            "-k",
            "2",
            "--only",
            "lost-names");

    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("recording 20200101-000000-none", "remedy:")
        .doesNotContain("problems");
    assertThat(pacebench.run("runs").out()).isEmpty();
  }

  private Path key(String name, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve(name), CANARY + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String lineup(String credential, String url) {
    return """
        providers:
          lab:
            protocol: openai-chat
            base_url: "%s"
            credential: %s
        models:
          m: {provider: lab, id: m}
        contenders:
          - {name: one, agent: loop, model: m, limits: {tokens: 1000}}
        """
        .formatted(url, credential);
  }

  private Result doctor(String lineup, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("lineup.yaml"), lineup);
    List<String> line = new java.util.ArrayList<>(List.of("doctor", "--json", "-l"));
    line.add(file.toString());
    line.addAll(List.of(more));
    return pacebench.run(line.toArray(String[]::new));
  }

  private static List<JsonNode> lines(Result result, String check) {
    return result
        .out()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .filter(line -> line.get("check").asString().equals(check))
        .toList();
  }
}
