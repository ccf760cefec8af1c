package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What every record says, and what becomes of verifiers and agents that misbehave. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryRecordTest {

  private Path folder;
  private TrialHarness harness;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    this.folder = folder;
    harness = new TrialHarness(folder, "docker");
  }

  @AfterAll
  void close() {
    harness.close();
  }

  private Task task(String name, String tests) throws Exception {
    return new TrialFixtures.TaskFolder(folder.resolve("tasks"), name).tests(tests).read();
  }

  @Test
  void thePartsOfATrySumToItsWallClockToTheNanosecondAndItNamesWhatSurroundedIt() throws Exception {
    TrialRecord record =
        harness.run(task("sum", "echo 1 > /logs/verifier/reward.txt"), new ShellAgent("sleep 0.3"));
    JsonNode extra =
        new ObjectMapper()
            .readTree(Files.readString(harness.evidence(record).resolve("result.json")))
            .path("pacebench");
    long sum = 0;
    for (JsonNode state : extra.path("timeline_nanos")) {
      sum += state.asLong();
    }
    assertThat(sum).isEqualTo(extra.path("wall_nanos").asLong()).isPositive();
    assertThat(record.timeline())
        .containsKeys("env_build", "sandbox_start", "tool_exec", "verify", "teardown");
    assertThat(record.timeline().get("tool_exec")).isBetween(0.3, record.wallSeconds());
    assertThat(record.agentSeconds()).isLessThan(record.wallSeconds());
    assertThat(record.conditions())
        .containsEntry("sandbox", "docker")
        .containsEntry("cpus", "1.0")
        .containsEntry("memory_bytes", String.valueOf(512L << 20))
        .containsEntry("network_agent", "RELAY_ONLY")
        .containsEntry("limit_seconds", "60.0")
        .containsEntry("verification", "shared")
        .containsKeys(
            "engine", "image", "pids", "capabilities", "network_verify", "machine", "slots");
    assertThat(record.conditions().get("image")).startsWith("sha256:");
    assertThat(record.conditions().get("capabilities")).contains("CHOWN").doesNotContain("NET_RAW");
    assertThat(record.figures()).containsKeys("load_start", "load_end");
    assertThat(record.conditionsDigest()).hasSize(64);
  }

  @Test
  void aVerifierWithoutARewardIsRunAgainAndThenFails() throws Exception {
    TrialRecord record = harness.run(task("silent", "echo nothing to say"), new ShellAgent("true"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("verifier_silent");
    assertThat(record.figures()).containsEntry("verifier_rounds", 2.0);
    assertThat(Files.readString(harness.evidence(record).resolve("verifier/test-stdout.txt")))
        .contains("nothing to say");
  }

  @Test
  void aVerifierThatHangsIsKilledAndFails() throws Exception {
    Task task =
        new TrialFixtures.TaskFolder(folder.resolve("tasks"), "hangs")
            .verifier("timeout_sec = 1.0")
            .tests("sleep 600")
            .read();
    TrialRecord record = harness.run(task, new ShellAgent("true"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("verifier_silent");
    assertThat(record.reason()).contains("limit of 1 s");
  }

  @Test
  void severalRewardsWithoutADecisiveOneAreAnErrorOfTheTask() throws Exception {
    TrialRecord record =
        harness.run(
            task("several", "echo '{\"a\": 1, \"b\": 1}' > /logs/verifier/reward.json"),
            new ShellAgent("true"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("task_error");
  }

  @Test
  void anImageThatDoesNotBuildMakesALostTryThatSaysWhy() throws Exception {
    Task task =
        new TrialFixtures.TaskFolder(folder.resolve("tasks"), "no-build")
            .dockerfile("FROM pacebench/starter\nRUN echo about-to-fail && exit 7\n")
            .tests("echo 0 > /logs/verifier/reward.txt")
            .read();
    try {
      harness.run(task, new ShellAgent("true"));
      throw new AssertionError("it built");
    } catch (LostTryException e) {
      assertThat(e.causeWord()).isEqualTo(LostTryException.IMAGE);
      assertThat(e.engineGone()).isFalse();
      assertThat(e.record().outcome()).isEqualTo(Outcome.LOST);
      assertThat(e.record().reason()).contains("Dockerfile", "about-to-fail");
      assertThat(harness.evidence(e.record()).resolve("result.json")).exists();
    }
  }
}
