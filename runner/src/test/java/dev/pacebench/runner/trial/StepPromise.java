package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.trial.TrialFixtures.TaskFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Steps are worked on and judged one after the other, in one sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class StepPromise {

  private static final JsonMapper JSON = new JsonMapper();
  static final String FIRST = "echo 1 > /app/one";
  static final String SECOND = "echo 2 > /app/two";

  private Path folder;
  TrialHarness harness;

  abstract String providerName();

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    this.folder = folder;
    harness = new TrialHarness(folder, providerName());
  }

  @AfterAll
  void close() {
    harness.close();
  }

  /** Two steps: the first one asks for a file `one`, the second one for a file `two`. */
  TaskFolder task(String name, String top, String first, String second) throws Exception {
    String toml =
        "%s%n[[steps]]%nname = \"first\"%n%s%n[[steps]]%nname = \"second\"%n%s%n"
            .formatted(top, first, second);
    return new TaskFolder(folder.resolve("tasks"), name)
        .top(toml)
        .write(
            "tests/judge.sh", "[ -e /app/$1 ] && r=1 || r=0; echo $r > /logs/verifier/reward.txt\n")
        .write("steps/first/instruction.md", "Make one.\n")
        .write("steps/first/tests/test.sh", "sh /tests/judge.sh one\n")
        .write("steps/second/instruction.md", "Make two.\n")
        .write("steps/second/tests/test.sh", "sh /tests/judge.sh two\n");
  }

  static StepAgent agent(String first, String second) {
    return new StepAgent(Map.of("Make one.", first, "Make two.", second));
  }

  private static JsonNode stepResults(Path evidence) throws Exception {
    return JSON.readTree(Files.readAllBytes(evidence.resolve("result.json"))).path("step_results");
  }

  @Test
  void everyStepIsToldAndJudgedAndTheTimesAddUp() throws Exception {
    StepAgent agent =
        agent(
            FIRST,
            "cat /app/one /app/given; ls -d /tests /logs/verifier /logs/agent/mine; " + SECOND);
    TaskFolder task =
        task("mean", "", "", "")
            .write(
                "steps/first/workdir/setup.sh", "mkdir -p /logs/agent && touch /logs/agent/mine\n")
            .write("steps/second/workdir/setup.sh", "echo given > given\n");

    TrialRecord record = harness.run(task.read(), agent);

    assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.SOLVED);
    assertThat(agent.told).containsExactly("Make one.", "Make two.");
    // What judged the first step is gone when the second one's agent looks.
    assertThat(agent.outputs.get(1)).isEqualTo("1\ngiven\n");
    assertThat(record.rewards()).isEqualTo(Map.of("reward", 1.0));
    assertThat(record.flags()).isEmpty();
    assertThat(record.figures())
        .containsEntry("steps", 2.0)
        .containsEntry("steps_run", 2.0)
        .containsEntry("steps_solved", 2.0)
        .containsEntry("step_2_reward", 1.0);
    double sum = record.figures().get("step_1_seconds") + record.figures().get("step_2_seconds");
    assertThat(record.agentSeconds()).isCloseTo(sum, within(1e-6));
    assertThat(record.timeline().values().stream().mapToDouble(it -> it).sum())
        .isCloseTo(record.wallSeconds(), within(1e-6));
    Path evidence = harness.evidence(record);
    assertThat(evidence.resolve("steps/first/verifier/reward.txt")).hasContent("1");
    assertThat(evidence.resolve("steps/second/agent")).isDirectory();
    assertThat(stepResults(evidence)).hasSize(2);
    assertThat(stepResults(evidence).path(1).path("step_name").asString()).isEqualTo("second");
    assertThat(stepResults(evidence).path(1).path("ended").asString()).isEqualTo("finished");
  }

  @Test
  void aStepThatFailsLowersTheMeanAndTheNextOneIsStillRun() throws Exception {
    StepAgent agent = agent("true", SECOND);

    TrialRecord record = harness.run(task("half", "", "", "").read(), agent);

    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.rewards()).isEqualTo(Map.of("reward", 0.5));
    assertThat(agent.told).hasSize(2);
  }

  @Test
  void whereTheLastStepDecidesAnEarlierOneMayFail() throws Exception {
    TrialRecord record =
        harness.run(
            task("final", "multi_step_reward_strategy = \"final\"", "", "").read(),
            agent("true", SECOND));

    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(record.rewards()).isEqualTo(Map.of("reward", 1.0));
    assertThat(record.figures()).containsEntry("steps_solved", 1.0);
  }

  @Test
  void belowTheLeastRewardNoFurtherStepIsRun() throws Exception {
    StepAgent agent = agent("true", SECOND);

    TrialRecord record = harness.run(task("least", "", "min_reward = 0.5", "").read(), agent);

    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("steps_left_out");
    assertThat(record.reason()).contains("step first was the last", "below 0.5");
    assertThat(agent.told).containsExactly("Make one.");
    assertThat(record.figures()).containsEntry("steps_run", 1.0);
  }

  @Test
  void aRewardThatWouldPassIsNoPassWhenStepsWereLeftOut() throws Exception {
    TrialRecord record =
        harness.run(
            task("left-out", "", "min_reward = { style = 1 }", "").read(), agent(FIRST, SECOND));

    assertThat(record.rewards()).isEqualTo(Map.of("reward", 1.0));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aDeadlineEndsItsStepAndNothingOfItLivesOn() throws Exception {
    StepAgent agent =
        agent(
            FIRST + "; (while sleep 0.1; do touch /app/two; done) & sleep 60",
            "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
    String short1 = "[steps.agent]\ntimeout_sec = 1.5";

    TrialRecord record = harness.run(task("deadline", "", short1, "").read(), agent);

    assertThat(agent.told).hasSize(2);
    assertThat(agent.limits).containsExactly(Duration.ofMillis(1500), Duration.ofSeconds(60));
    assertThat(agent.outputs.get(agent.outputs.size() - 1)).doesNotContain("sleep 60", "touch");
    assertThat(record.flags()).contains("services_stopped");
    assertThat(record.figures().get("step_1_seconds")).isBetween(1.4, 10.0);
    assertThat(stepResults(harness.evidence(record)).path(0).path("ended").asString())
        .isEqualTo("deadline");
    assertThat(record.figures()).containsEntry("step_1_solved", 1.0);
  }

  @Test
  void aCrashInAStepIsJudgedAndTheTrialGoesOn() throws Exception {
    StepAgent agent = agent(StepAgent.CRASH, SECOND);

    TrialRecord record = harness.run(task("crash", "", "", "").read(), agent);

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.ended()).isEqualTo("crashed");
    assertThat(record.rewards()).isEqualTo(Map.of("reward", 0.5));
    assertThat(agent.told).hasSize(2);
  }

  @Test
  void aVerifierThatStaysSilentEndsTheTrialUnsolved() throws Exception {
    TrialRecord record =
        harness.run(
            task("silent", "", "", "")
                .write("steps/second/tests/test.sh", "rm -f /logs/verifier/*\n")
                .read(),
            agent(FIRST, SECOND));

    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("verifier_silent", "steps_left_out");
  }

  @Test
  void aLaterStepThatCannotBeginIsNoLossAndAFirstOneIs() throws Exception {
    TrialRecord record =
        harness.run(
            task("setup-2", "", "", "")
                .write("steps/second/workdir/setup.sh", "echo no such thing >&2; exit 3\n")
                .read(),
            agent(FIRST, SECOND));

    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.reason()).contains("exit code 3", "no such thing");
    assertThatThrownBy(
            () ->
                harness.run(
                    task("setup-1", "", "", "")
                        .write("steps/first/workdir/setup.sh", "exit 4\n")
                        .read(),
                    agent(FIRST, SECOND)))
        .isInstanceOf(LostTryException.class)
        .hasMessageContaining("exit code 4");
  }

  @Test
  void stepsCanBeJudgedInFreshSandboxes() throws Exception {
    TrialRecord record =
        harness.run(
            task("separate", "artifacts = [\"/app\"]", "", "")
                .verifier("timeout_sec = 30\nenvironment_mode = \"separate\"")
                .read(),
            agent(FIRST, SECOND + "; [ ! -e /tests ] || rm /app/two"));

    assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.SOLVED);
    assertThat(harness.evidence(record).resolve("steps/second/artifacts/app/two")).exists();
  }
}
