package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.trajectory.AtifRules;
import dev.pacebench.runner.trajectory.Trajectories;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a record says of an agent's doings in real sandboxes. */
@Tag("docker")
@Tag("local")
@Timeout(120)
class BehaviourTest {

  private static final String WORK =
      "echo hi > answer.txt; mkdir -p deep/er; echo more > deep/er/b.txt; echo x > /tmp/y";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"docker", "local"})
  void filesAndSecondsAreToldInEverySandbox(String provider) throws Exception {
    try (TrialHarness harness = new TrialHarness(folder, provider)) {
      TrialRecord record =
          harness.run(
              new TrialFixtures.TaskFolder(folder.resolve("tasks"), "doings")
                  .tests("echo 1 > /logs/verifier/reward.txt")
                  .read(),
              new ShellAgent(WORK));

      assertThat(record.figures())
          .containsEntry("files_touched", 2.0)
          .containsEntry("touched_bytes", 8.0)
          .containsEntry("stopped_by_itself", 1.0)
          .doesNotContainKey("turns");
      assertThat(record.figures().get("tool_seconds")).isPositive();
      double sum = 0;
      for (String part : new String[] {"model", "tool", "waiting", "overhead", "other"}) {
        sum += record.figures().get(part + "_seconds");
      }
      assertThat(sum).isCloseTo(record.agentSeconds(), Offset.offset(1e-6));
      Path file = harness.evidence(record).resolve("agent").resolve(Trajectories.FILE);
      JsonNode told = new JsonMapper().readTree(Files.readAllBytes(file));
      assertThat(AtifRules.check(told)).isEmpty();
      assertThat(told.path("session_id").stringValue()).matches("trial-\\d+/try-1");
      assertThat(told.path("steps").size()).isEqualTo(2);
      assertThat(file.getParent().toFile().list()).containsExactly(Trajectories.FILE);
    }
  }
}
