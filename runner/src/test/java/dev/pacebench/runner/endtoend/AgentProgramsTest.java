package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.runner.SideBySide;
import dev.pacebench.runner.agent.program.CliAgent;
import dev.pacebench.runner.trial.LostTryException;
import dev.pacebench.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        chat: {protocol: openai-chat, base_url: "http://127.0.0.1:%1$d/401/v1", credential: {env: KEY}}
        responses: {protocol: openai-responses, base_url: "http://127.0.0.1:%1$d/401/v1", credential: {env: KEY}}
        messages: {protocol: anthropic-messages, base_url: "http://127.0.0.1:%1$d/500/v1", credential: {env: KEY}}
        gemini: {protocol: gemini, base_url: "http://127.0.0.1:%1$d/403/v1", credential: {env: KEY}}
      models:
        m:
          provider: sim
          id: sim-m
          simulated: {first_token: 50 ms, tokens_per_second: 1000, skill: 1}
        chat: {provider: chat, id: m}
        responses: {provider: responses, id: m}
        messages: {provider: messages, id: m}
        gemini: {provider: gemini, id: m}
      contenders:
        - {name: codex, agent: codex, model: m, tier: {protocol: openai-responses, transport: websocket}}
        - {name: codex-sse, agent: codex, model: m, tier: {protocol: openai-responses, transport: sse}}
        - {name: claude-code, agent: claude-code, model: m, tier: {protocol: anthropic-messages}}
        - {name: qwen-code, agent: qwen-code, model: m, tier: {protocol: openai-chat}}
        - {name: gemini-cli, agent: gemini-cli, model: m, tier: {protocol: gemini}}
        - {name: python, agent: python, model: m, tier: {protocol: openai-chat}}
        - {name: refused-codex, agent: codex, model: responses, tier: {transport: websocket}}
        - {name: refused-claude-code, agent: claude-code, model: messages}
        - {name: refused-qwen-code, agent: qwen-code, model: chat}
        - {name: refused-gemini-cli, agent: gemini-cli, model: gemini}
      """;

  /** Its image has no python3. */
  private static final String BARE = "team-share";

  private static final String USUAL = "config-layers";

  private AgentTrials trials;
  private AgentTrials.Opened opened;
  private HttpServer server;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    trials = new AgentTrials(shared);
    server =
        AgentTrials.answering(
            (status, call) -> AgentTrials.Reply.refusal(Integer.parseInt(status)));
    opened =
        trials.open(
            LINEUP.formatted(server.getAddress().getPort()), Map.of("KEY", "a-key-of-some-length"));
  }

  @AfterAll
  void stop() {
    opened.close();
    server.stop(0);
    trials.close();
  }

  /** What is known of opencode is tested with the local sandbox. */
  @TestFactory
  List<DynamicTest> agents() {
    return new SideBySide(3)
        .add("a provider that refuses claude-code", () -> refuses("claude-code", 500))
        .add("codex works alike over both transports", this::codex)
        .add("qwen-code", () -> solves("qwen-code", "qwen-code", USUAL, "sse"))
        .add("gemini-cli", () -> solves("gemini-cli", "gemini-cli", BARE, "sse"))
        .add("python", () -> solves("python", "python", USUAL, "sse"))
        .add("claude-code", () -> solves("claude-code", "claude-code", BARE, "sse"))
        .add("a provider that refuses qwen-code", () -> refuses("qwen-code", 401))
        .add("a provider that refuses gemini-cli", () -> refuses("gemini-cli", 403))
        .add("a provider that refuses codex", () -> refuses("codex", 401))
        .tests();
  }

  private void codex() throws Exception {
    List<String> commands = solves("codex", "codex", USUAL, "websocket");
    assertThat(solves("codex", "codex-sse", USUAL, "sse")).isEqualTo(commands);
  }

  /** Solves a task with every second accounted for, and returns what the model had run. */
  private List<String> solves(String name, String contender, String task, String transport)
      throws Exception {
    CliAgent agent = trials.agent(AgentTrials.bundled(name));
    return SolvedTrial.commands(
        trials, opened.run(AgentTrials.task(task), agent, contender), transport);
  }

  /** A provider that refuses everything loses the try. */
  private void refuses(String name, int status) throws Exception {
    CliAgent agent = trials.agent(AgentTrials.bundled(name));
    Task task = trials.unsolvable(Duration.ofSeconds(180));

    LostTryException lost =
        catchThrowableOfType(
            LostTryException.class, () -> opened.run(task, agent, "refused-" + name));

    assertThat(lost.causeWord()).isEqualTo("provider_" + status);
  }
}
