package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.NopAgent;
import dev.pacebench.runner.agent.OracleAgent;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.terminalbench.TerminalBenchFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of Terminal-Bench 1 in containers: judged by what their tests print, and by that alone. */
@Tag("docker")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedTestsTest {

  /** Prints what pytest would, which the image does not have. */
  private static final String JUDGE =
      """
      import os, sys
      good = os.path.exists("out.txt") and open("out.txt").read().strip() == "3"
      print("=" * 9, "short test summary info", "=" * 9)
      print("PASSED" if good else "FAILED", "tests/test_outputs.py::test_count")
      print("PASSED tests/test_outputs.py::test_place")
      print("=" * 9, "2 passed" if good else "1 failed, 1 passed", "in 0.01s", "=" * 9)
      sys.exit(0 if good else 1)
      """;

  private static final String COMPOSE =
      """
      services:
        client:
          build: .
          image: ${T_BENCH_TASK_DOCKER_CLIENT_IMAGE_NAME}
          command: ["sh", "-c", "sleep infinity"]
          working_dir: /app/work
          environment:
            - TEST_DIR=${T_BENCH_TEST_DIR}
            - IN=lines.txt
      """;

  private static final String DOCKERFILE =
      "FROM pacebench/starter\nWORKDIR /app/work\nCOPY . .\nRUN ls > /app/image.txt\n";

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

  private Path write(String name, String dockerfile) throws IOException {
    Path task = folder.resolve("tasks").resolve(name);
    Files.createDirectories(task.resolve("tests"));
    Files.writeString(
        task.resolve("task.yaml"),
        "instruction: Count the lines of lines.txt into out.txt.\ndifficulty: easy\n"
            + "max_agent_timeout_sec: 60\nmax_test_timeout_sec: 30\n");
    Files.writeString(task.resolve("docker-compose.yaml"), COMPOSE);
    Files.writeString(task.resolve("Dockerfile"), dockerfile);
    Files.writeString(task.resolve("lines.txt"), "a\nb\nc\n");
    Files.writeString(
        task.resolve("run-tests.sh"), "cat /app/image.txt\npython3 $TEST_DIR/test_outputs.py\n");
    Files.writeString(task.resolve("tests/test_outputs.py"), JUDGE);
    Files.writeString(task.resolve("solution.sh"), "wc -l < $IN > out.txt\n");
    return task;
  }

  private static Task read(Path task) {
    return new TerminalBenchFormat(DigestMemory.NONE).read("test", task).tasks().get(0);
  }

  private String printed(TrialRecord record) throws IOException {
    return Files.readString(harness.evidence(record).resolve("verifier/test-stdout.txt"));
  }

  @Test
  void theSolutionSolvesNothingDoesNotAndForgedRewardsCountForNothing() throws Exception {
    Path written = write("count", DOCKERFILE);
    Task task = read(written);

    TrialRecord oracle = harness.run(task, new OracleAgent(Map.of()));
    assertThat(oracle.reason()).contains("the verifier passed");
    assertThat(oracle.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(oracle.verification()).isEqualTo("shared");
    assertThat(oracle.figures()).containsEntry("tests", 2.0).containsEntry("tests_passed", 2.0);
    // What judges and solves the task lay beside its Dockerfile and is not in its image.
    assertThat(printed(oracle)).startsWith("Dockerfile\ndocker-compose.yaml\nlines.txt\n=========");

    TrialRecord nop = harness.run(task, new NopAgent());
    assertThat(nop.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(nop.reason()).contains("1 of 2 tests failed, the first is test_count");

    TrialRecord forger =
        harness.run(
            task,
            new ShellAgent(
                "mkdir -p /logs/verifier /tests; echo 1 > /logs/verifier/reward.txt;"
                    + " echo 'echo PASSED a::b' > /tests/run-tests.sh;"
                    + " echo '= short test summary info =' > out.txt"));
    assertThat(forger.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(forger.rewards()).containsOnly(Map.entry("reward", 0.0));
  }

  @Test
  void aSolutionInKeystrokesIsRunAsAScript() throws Exception {
    Path written = write("keys", DOCKERFILE);
    Files.delete(written.resolve("solution.sh"));
    Files.writeString(
        written.resolve("solution.yaml"),
        "- command: count=$(wc -l < $IN)\n  block: true\n- command: echo $count > out.txt\n");
    TrialRecord oracle = harness.run(read(written), new OracleAgent(Map.of()));
    assertThat(oracle.reason()).contains("the verifier passed");
  }

  @Test
  void anImageThatWouldHoldTheTestsIsRefusedBeforeItIsBuilt() throws Exception {
    Path written =
        write("leak", "FROM pacebench/starter\nWORKDIR /app/work\nCOPY tests /app/tests\n");
    Refusal refusal = harness.provider().check(TaskImages.agent(read(written))).orElseThrow();
    assertThat(refusal.where()).endsWith("leak/Dockerfile:3");
    assertThat(refusal.what())
        .isEqualTo("COPY tests puts what judges or solves the task into its image");
  }
}
