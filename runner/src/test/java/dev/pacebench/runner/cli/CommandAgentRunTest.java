package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs as agents, from lineup to record. */
@Tag("local")
@Tag("docker")
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandAgentRunTest {

  private static final String TASK = "lost-names";

  /** One call of a model with nothing but a shell, as a line of the lineup. */
  private static final String CALL =
      """
      body='{"model":"'$PACEBENCH_MODEL'","messages":[{"role":"user","content":"hello"}]}'
      host=${PACEBENCH_BASE_URL#http://}; host=${host%/v1}
      exec 3<>/dev/tcp/${host%:*}/${host#*:}
      printf 'POST /v1/chat/completions HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Bearer %s\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' \\
        "$PACEBENCH_TOKEN" ${#body} "$body" >&3
      cat <&3 >answer; head -n 1 answer
      grep -q '^HTTP/1.1 200' answer || exit 9
      """;

  @TempDir Path folder;
  private CommandLineTester pacebench;
  private Path work;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(folder.resolve("home")).with("OPENAI_API_KEY", "canary");
    work =
        Path.of("..", "task-sets/sets/starter-terminal", TASK, "solution/solve.sh")
            .toAbsolutePath()
            .normalize();
  }

  private Result run(String sandbox, String lineup) throws IOException {
    Path file = Files.writeString(folder.resolve("lineup.yaml"), lineup);
    return pacebench.run(
        "run",
        "-t",
        "starter-terminal",
        "-l",
        file.toString(),
        "--sandbox",
        sandbox,
        "--only",
        TASK,
        "-j",
        "2");
  }

  private Map<String, JsonNode> trials() {
    Map<String, JsonNode> trials = new HashMap<>();
    pacebench
        .run("export", "latest")
        .out()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .forEach(trial -> trials.put(trial.get("contender").asString(), trial));
    return trials;
  }

  private static String block(String script, int indent) {
    return "|\n" + script.indent(indent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "docker"})
  void programsSolveTasksFailCrashAndRunOutOfTime(String sandbox) throws Exception {
    String seconds = "123454321";
    String solve = Files.readString(work);
    Result run =
        run(
            sandbox,
            """
            providers: {sim: {protocol: simulated}}
            models:
              m:
                provider: sim
                id: sim-m
                simulated: {first_token: 5ms, tokens_per_second: 5000, skill: 1}
            contenders:
              - {name: from-host, agent: command, settings: {where: host, run: '"$PACEBENCH_RUN" <%s'}}
              - name: inside
                agent: command
                settings:
                  run: %s
              - {name: idle, agent: command, settings: {run: 'true'}}
              - {name: crashing, agent: command, settings: {where: host, run: 'echo oh >&2; exit 4'}}
              - {name: missing, agent: command, settings: {run: no-such-program}}
              - name: slow
                agent: command
                settings: {where: host, run: '"$PACEBENCH_RUN" sleep %s'}
                limits: {time: 2s}
              - name: calls-from-host
                agent: command
                model: m
                settings:
                  where: host
                  run: %s
              - name: calls-inside
                agent: command
                model: m
                settings:
                  run: %s
            """
                .formatted(
                    work,
                    block(solve, 10),
                    seconds,
                    block(CALL, 10),
                    block("cd /tmp\n" + CALL, 10)));

    assertThat(run.code()).as(run.err()).isZero();
    Map<String, JsonNode> trials = trials();
    for (String solver : List.of("from-host", "inside")) {
      assertThat(outcome(trials, solver)).as("%s", trials.get(solver)).isEqualTo("SOLVED");
    }
    assertThat(outcome(trials, "idle")).isEqualTo("FAILED");
    assertThat(outcome(trials, "crashing")).isEqualTo("AGENT_ERROR");
    assertThat(reason(trials, "crashing")).contains("exit code 4: oh");
    assertThat(outcome(trials, "missing")).isEqualTo("AGENT_ERROR");
    assertThat(reason(trials, "missing")).contains("could not be started", "no-such-program");
    assertThat(outcome(trials, "slow")).isEqualTo("TIMED_OUT");
    for (String caller : List.of("calls-from-host", "calls-inside")) {
      assertThat(outcome(trials, caller)).as("%s", trials.get(caller)).isEqualTo("FAILED");
      assertThat(trials.get(caller).get("figures").get("calls").asInt()).isEqualTo(1);
      assertThat(trials.get(caller).get("simulated").asBoolean()).isTrue();
    }
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(seconds));
  }

  private static String outcome(Map<String, JsonNode> trials, String contender) {
    return trials.get(contender).get("outcome").asString().toUpperCase(java.util.Locale.ROOT);
  }

  private static String reason(Map<String, JsonNode> trials, String contender) {
    return trials.get(contender).get("reason").asString();
  }

  @Test
  void theLineupThatTheReadmeShowsRuns() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.substring(readme.indexOf("## Any program as an agent"));
    String lineup = section.substring(section.indexOf("```yaml\n") + 8, section.indexOf("\n```\n"));
    Result run = run("local", lineup);

    assertThat(run.code()).as(run.err()).isZero();
    Map<String, JsonNode> trials = trials();
    assertThat(trials.keySet()).containsExactlyInAnyOrder("in-the-sandbox", "on-this-machine");
    for (JsonNode trial : trials.values()) {
      assertThat(trial.get("ended").asString()).as("%s", trial).isEqualTo("finished");
    }
    try (Stream<Path> files = Files.walk(folder.resolve("home/runs"))) {
      assertThat(files.filter(file -> file.endsWith("agent/stdout.txt")).map(this::read))
          .anyMatch(text -> text.contains("arguments ended with 3"))
          .anyMatch(text -> text.contains("manifest.sha256"));
    }
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void settingsThatDoNotExistAreRefusedWithWhatWasMeant() throws IOException {
    Result run =
        run(
            "local",
            """
            contenders:
              - name: a
                agent: command
                settings:
                  rum: my-agent
                  where: hots
              - {name: b, agent: command}
            """);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("lineup.yaml:5", "`rum`", "did you mean `run`?")
        .contains("lineup.yaml:6", "`hots`", "did you mean `host`?")
        .contains("lineup.yaml:7", "needs the setting `run`");
    assertThat(Stream.of(pacebench.run("runs").out())).noneMatch(out -> out.contains(TASK));
  }
}
