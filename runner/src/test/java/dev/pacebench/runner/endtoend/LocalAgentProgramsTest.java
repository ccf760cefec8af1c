package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that need much memory at once work where memory is limited per process. */
@Tag("local")
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalAgentProgramsTest {

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m:
          provider: sim
          id: sim-m
          simulated: {first_token: 20ms, tokens_per_second: 1000, skill: 1}
      contenders:
        - {name: one, agent: %s, model: m, tier: {protocol: %s, transport: %s}}
      """;

  @ParameterizedTest
  @CsvSource({"codex, openai-responses, websocket", "opencode, openai-chat, sse"})
  void solvesATaskWithoutAnEngine(
      String name, String protocol, String transport, @TempDir Path folder) throws Exception {
    try (AgentTrials trials = new AgentTrials(folder, LocalSandboxProvider::new);
        AgentTrials.Opened opened =
            trials.open(LINEUP.formatted(name, protocol, transport), Map.of())) {
      TrialRecord record =
          opened.run(
              AgentTrials.task("rotate-log"), trials.agent(AgentTrials.bundled(name)), "one");

      assertThat(SolvedTrial.commands(trials, record, transport)).isNotEmpty();
      assertThat(record.conditions()).containsEntry("sandbox", "local");
    }
  }
}
