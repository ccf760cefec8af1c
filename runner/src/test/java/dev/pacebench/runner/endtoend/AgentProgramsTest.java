package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.program.CliAgent;
import dev.pacebench.runner.trajectory.AtifRules;
import dev.pacebench.runner.trial.LostTryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every agent that ships by a manifest solves bundled tasks over all that it speaks. */
@Tag("docker")
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentProgramsTest {

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m:
          provider: sim
          id: sim-m
          simulated: {first_token: 50 ms, tokens_per_second: 1000, skill: 1}
      contenders:
        - {name: one, agent: %s, model: m, tier: {protocol: %s, transport: %s}}
      """;

  private static final String REMOTE =
      """
      providers:
        far: {protocol: %s, base_url: "http://127.0.0.1:%d/v1", credential: {env: KEY}}
      models:
        m: {provider: far, id: m}
      contenders:
        - {name: one, agent: %s, model: m, tier: {protocol: %s, transport: %s}}
      """;

  /** The image of the second has no python3. */
  private static final List<String> TASKS = List.of("config-layers", "team-share");

  /** Further tasks, and a second try of one, tell of protocols: one program each will do. */
  private static final List<String> TRIED_TWICE = List.of("codex", "claude-code", "gemini-cli");

  private static final List<String> PYTHON_TASKS = List.of("config-layers", "next-run");

  private AgentTrials trials;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    trials = new AgentTrials(shared);
  }

  @AfterAll
  void stop() {
    trials.close();
  }

  @ParameterizedTest
  @CsvSource({
    "codex, openai-responses, websocket",
    "codex, openai-responses, sse",
    "claude-code, anthropic-messages, sse",
    "opencode, openai-chat, sse",
    "qwen-code, openai-chat, sse",
    "gemini-cli, gemini, sse",
    "python, openai-chat, sse"
  })
  void solvesTasksWithEverySecondAccountedFor(String name, String protocol, String transport)
      throws Exception {
    CliAgent agent = trials.agent(AgentTrials.bundled(name));
    String lineup = LINEUP.formatted(name, protocol, transport);
    List<List<String>> commands = new ArrayList<>();
    boolean oncePerProtocol = TRIED_TWICE.contains(name);
    List<String> tasks = name.equals("python") ? PYTHON_TASKS : TASKS;
    for (String task : oncePerProtocol ? tasks : tasks.subList(0, 1)) {
      TrialRecord record = trials.run(AgentTrials.task(task), agent, lineup, Map.of());
      Path evidence = trials.evidence(record);
      assertThat(record.outcome())
          .as("%s: %s\n%s", task, record.reason(), said(evidence))
          .isEqualTo(Outcome.SOLVED);
      assertThat(record.ended()).isEqualTo("finished");
      accounted(record);
      rows(evidence, transport);
      assertThat(record.figures().get("calls")).isGreaterThanOrEqualTo(2);
      assertThat(record.timeline().getOrDefault("tool_exec", 0.0))
          .as("%s", record.timeline())
          .isPositive();
      commands.add(commands(evidence));
    }
    if (!oncePerProtocol || transport.equals("websocket")) {
      return;
    }
    TrialRecord again = trials.run(AgentTrials.task(tasks.get(0)), agent, lineup, Map.of());

    assertThat(commands(trials.evidence(again))).isEqualTo(commands.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "codex, openai-responses, websocket, 401",
    "claude-code, anthropic-messages, sse, 500",
    "opencode, openai-chat, sse, 401",
    "gemini-cli, gemini, sse, 403"
  })
  void aProviderThatRefusesEverythingLosesTheTry(
      String name, String protocol, String transport, int status) throws Exception {
    CliAgent agent = trials.agent(AgentTrials.bundled(name));
    HttpServer server = AgentTrials.refusing(status, new AtomicInteger());
    try {
      LostTryException lost =
          catchThrowableOfType(
              LostTryException.class,
              () ->
                  trials.run(
                      trials.unsolvable(Duration.ofSeconds(90)),
                      agent,
                      REMOTE.formatted(
                          protocol, server.getAddress().getPort(), name, protocol, transport),
                      Map.of("KEY", "a-key-of-some-length")));

      assertThat(lost.causeWord()).isEqualTo("provider_" + status);
    } finally {
      server.stop(0);
    }
  }

  /** What the model had run, in order, as the trajectory tells. */
  private static List<String> commands(Path evidence) throws IOException {
    JsonNode told =
        JsonMapper.shared().readTree(Files.readString(evidence.resolve("agent/trajectory.json")));
    assertThat(AtifRules.check(told)).isEmpty();
    List<String> commands = new ArrayList<>();
    for (JsonNode step : told.path("steps")) {
      for (JsonNode call : step.path("tool_calls")) {
        commands.add(call.path("function_name") + " " + call.path("arguments"));
      }
    }
    assertThat(commands).as("%s", told).isNotEmpty();
    return commands;
  }

  private static void accounted(TrialRecord record) {
    double sum = record.timeline().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).isCloseTo(record.wallSeconds(), within(1e-6));
    double unnamed = record.timeline().getOrDefault("agent_other", 0.0);
    assertThat(unnamed)
        .as("%s", record.timeline())
        .isLessThanOrEqualTo(0.01 * record.agentSeconds());
  }

  private static void rows(Path evidence, String transport) throws IOException {
    List<String> rows = Files.readAllLines(evidence.resolve("model-calls/calls.jsonl"));
    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      JsonNode call = JsonMapper.shared().readTree(row);
      assertThat(call.path("answer").path("end").asString()).as(row).isEqualTo("completed");
      assertThat(call.path("transport").asString()).as(row).isIn(transport, "plain");
    }
  }

  private static String said(Path evidence) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(evidence.resolve("agent"))) {
      for (Path file : files.sorted().toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.append(file.getFileName()).append(":\n");
        text.append(content, 0, Math.min(3000, content.length())).append('\n');
      }
    }
    return text.toString();
  }
}
