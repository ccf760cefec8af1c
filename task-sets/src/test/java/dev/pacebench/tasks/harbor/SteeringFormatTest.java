package dev.pacebench.tasks.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Artifact;
import dev.pacebench.tasks.Interruption;
import dev.pacebench.tasks.Steering.RewardStrategy;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.testing.TaskFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that go on after their first instruction. */
class SteeringFormatTest {

  private static final String STEPS =
      """
      schema_version = "1.4"
      multi_step_reward_strategy = "final"
      artifacts = ["/app/out"]
      [agent]
      timeout_sec = 300
      [verifier]
      timeout_sec = 20
      env = { A = "1", B = "2" }
      [environment]
      network_mode = "no-network"
      [solution]
      env = { S = "3" }
      [[steps]]
      name = "one"
      min_reward = 0.5
      [[steps]]
      name = "two"
      min_reward = { reward = 1, style = 0.25 }
      artifacts = ["/app/more"]
      [steps.agent]
      timeout_sec = 7
      [steps.verifier]
      timeout_sec = 9
      environment_mode = "separate"
      env = { B = "4" }
      [steps.healthcheck]
      command = "true"
      """;

  @TempDir private Path temp;

  @Test
  void stepsSayWhatDiffersFromTheirTask() {
    Task task = read(steps("task"));

    assertThat(task.warnings()).isEmpty();
    assertThat(task.steering().rewardStrategy()).isEqualTo(RewardStrategy.FINAL);
    assertThat(task.instruction()).isEqualTo("First.\n");
    Step one = task.steps().get(0);
    assertThat(one.name()).isEqualTo("one");
    assertThat(one.minReward()).isEqualTo(Map.of("reward", 0.5));
    assertThat(one.timeout()).isEmpty();
    assertThat(one.workdir()).isEmpty();
    assertThat(one.solution()).isEmpty();
    assertThat(one.verifier().testsDirectory()).isEqualTo(task.directory().resolve("tests"));
    assertThat(one.verifier().mode()).isEqualTo(Verifier.Mode.SHARED);
    Step two = task.steps().get(1);
    assertThat(two.minReward()).isEqualTo(Map.of("reward", 1.0, "style", 0.25));
    assertThat(two.workdir()).contains(task.directory().resolve("steps/two/workdir"));
    assertThat(two.healthcheck().orElseThrow().command()).isEqualTo("true");
    assertThat(two.solution().orElseThrow().env()).isEqualTo(Map.of("S", "3"));
    assertThat(two.verifier().testsDirectory())
        .isEqualTo(task.directory().resolve("steps/two/tests"));
    assertThat(two.verifier().mode()).isEqualTo(Verifier.Mode.SEPARATE);
    assertThat(two.verifier().timeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(two.verifier().env()).isEqualTo(Map.of("A", "1", "B", "4"));
  }

  @Test
  void aStepCanBeLookedAtAsATaskOfItsOwn() {
    Task task = read(steps("task"));

    Task two = task.at(task.steps().get(1));

    assertThat(two.name()).isEqualTo("task");
    assertThat(two.instruction()).isEqualTo("Second.\n");
    assertThat(two.agent().timeout()).contains(Duration.ofSeconds(7));
    assertThat(two.artifacts())
        .extracting(Artifact::source)
        .containsExactly("/app/out", "/app/more");
    assertThat(two.steps()).isEmpty();
    assertThat(task.at(task.steps().get(0)).agent().timeout()).contains(Duration.ofSeconds(300));
  }

  @Test
  void stepsNeedNeitherInstructionNorTestsAtTheTop() {
    TaskFolder folder =
        steps("task").delete("tests").script("steps/one/tests/test.sh", "#!/bin/sh\n");

    assertThat(read(folder).steps()).hasSize(2);
  }

  @Test
  void whatBelongsToAStepIsInTheTasksDigestAndItsSolutionInThatOfSolutions() {
    TaskDigests before = read(steps("before")).digests();

    TaskDigests solved = read(steps("s").file("steps/two/solution/solve.sh", "x")).digests();
    TaskDigests told = read(steps("i").file("steps/two/instruction.md", "Other.\n")).digests();
    TaskDigests put = read(steps("w").file("steps/two/workdir/data", "2")).digests();

    assertThat(solved.task()).isEqualTo(before.task());
    assertThat(solved.solution()).isNotEqualTo(before.solution());
    assertThat(told.task()).isNotEqualTo(before.task());
    assertThat(told.solution()).isEqualTo(before.solution());
    assertThat(put.task()).isNotEqualTo(before.task());
  }

  @Test
  void interruptionsAreReadInTheirOrderFromTextOrFile() {
    Task task = read(interrupted("task"));

    assertThat(task.warnings()).isEmpty();
    assertThat(task.interruptions())
        .isEqualTo(
            List.of(
                new Interruption(
                    Optional.of(Duration.ofMillis(2500)), OptionalInt.empty(), "Stop.\n"),
                new Interruption(Optional.empty(), OptionalInt.of(3), "In red.")));
  }

  @Test
  void whatAnInterruptionSaysIsInTheTasksDigest() {
    String before = read(interrupted("before")).digest();

    assertThat(read(interrupted("f").file("interruptions/stop.md", "Go.\n")).digest())
        .isNotEqualTo(before);
  }

  private TaskFolder steps(String name) {
    return TaskFolder.make(temp.resolve(name))
        .toml(STEPS)
        .file("steps/one/instruction.md", "First.\n")
        .file("steps/two/instruction.md", "Second.\n")
        .file("steps/two/workdir/data", "1")
        .script("steps/two/tests/test.sh", "#!/bin/sh\n")
        .script("steps/two/solution/solve.sh", "#!/bin/sh\n")
        .delete("instruction.md");
  }

  private TaskFolder interrupted(String name) {
    return TaskFolder.make(temp.resolve(name))
        .toml(
            TaskFolder.TASK_FILE
                + """
                [[pacebench.interruptions]]
                at_seconds = 2.5
                instruction_file = "stop.md"
                [[pacebench.interruptions]]
                at_turn = 3
                instruction = "In red."
                """)
        .file("interruptions/stop.md", "Stop.\n");
  }

  private static Task read(TaskFolder folder) {
    return new HarborFormat().read("set", folder.path()).tasks().get(0);
  }
}
