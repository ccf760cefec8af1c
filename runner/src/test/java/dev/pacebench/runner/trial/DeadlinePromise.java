package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that comes after the deadline can count, however it is done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeadlinePromise {

  /** Waits at a gate that only the verifier opens, so that no clock decides what is late. */
  private static final String LATE = "read -r x < /tmp/gate; echo 42 > /app/answer.txt";

  /** Lists what runs, and gives a late writer its chance before it looks. */
  private static final String TESTS =
      """
      ls -d /proc/[0-9]* | while read -r p; do
        tr '\\0' ' ' < $p/cmdline 2>/dev/null; echo
      done > /logs/verifier/processes.txt
      if [ -p /tmp/gate ]; then timeout 1 sh -c 'echo go > /tmp/gate'; sleep 0.3; fi
      if [ "$(cat /app/answer.txt 2>/dev/null)" = 42 ]; then echo 1; else echo 0; fi > /logs/verifier/reward.txt
      """;

  /** Ends when the agent's process has used 1.3 s more than when it began, in ticks of 10 ms. */
  private static final String AFTER_MORE_WORK =
      """
      used() { set -- $(cat /proc/$(cat /tmp/busy)/stat); echo $((${14} + ${15})); }
      first=$(used)
      for i in $(seq 250); do
        [ $(($(used) - first)) -gt 130 ] && break
        sleep 0.1
      done
      echo 0 > /logs/verifier/reward.txt
      """;

  private Path folder;
  private TrialHarness harness;

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

  private Task task(String name, String limit) throws Exception {
    return new TrialFixtures.TaskFolder(folder.resolve("tasks"), name)
        .agent("timeout_sec = " + limit)
        .tests(TESTS)
        .read();
  }

  static Stream<Arguments> lateWriters() {
    return Stream.of(
        Arguments.of("plainly", LATE),
        Arguments.of("nohup", "nohup sh -c '" + LATE + "' >/dev/null 2>&1 & sleep 30"),
        Arguments.of("setsid", "setsid sh -c '" + LATE + "' >/dev/null 2>&1 & sleep 30"),
        Arguments.of("double-fork", "( ( " + LATE + " ) & ) & sleep 30"),
        Arguments.of(
            "changed-name",
            "cp /bin/bash /tmp/worker && (exec -a '[kworker/0:1]' /tmp/worker -c '"
                + LATE
                + "') & sleep 30"),
        Arguments.of(
            "ignores-signals",
            "trap '' TERM HUP INT QUIT; (trap '' TERM HUP INT; " + LATE + ") & sleep 30"),
        // No more than fit into the memory; an agent that fills it may end before its deadline.
        Arguments.of(
            "fork-storm",
            "i=0; while [ $i -lt 500 ]; do (" + LATE + ") & i=$((i+1)); done; sleep 30"),
        Arguments.of(
            "open-server",
            "python3 -c '\nimport socket,time\ns=socket.create_server((\"127.0.0.1\",8099))\n"
                + "open(\"/tmp/gate\").read()\nopen(\"/app/answer.txt\",\"w\").write(\"42\")\ntime.sleep(30)'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lateWriters")
  void anAnswerWrittenAfterTheLimitNeverCounts(String name, String script) throws Exception {
    TrialRecord record =
        harness.run(task("late-" + name, "1.0"), new ShellAgent("mkfifo /tmp/gate; " + script));

    assertThat(record.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(record.ended()).isEqualTo("deadline");
    assertThat(record.rewards()).containsEntry("reward", 0.0);
    // The upper bound is loose; the agent itself would go on for half a minute or for ever.
    assertThat(record.agentSeconds()).isBetween(1.0, 15.0);
    String processes = Files.readString(harness.evidence(record).resolve("verifier/processes.txt"));
    assertThat(processes)
        .as("what runs when verification starts")
        .doesNotContain("sleep", "python", "kworker", "42");
  }

  @Test
  void whatStoodThereAtTheDeadlineIsVerified() throws Exception {
    TrialRecord record =
        harness.run(task("in-time", "4.0"), new ShellAgent("echo 42 > /app/answer.txt; sleep 30"));
    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(record.flags()).contains("solved_at_limit", "services_stopped");
  }

  @Test
  void aHostSideAgentThatOverlooksItsInterruptionReachesNothing() throws Exception {
    TrialRecord record =
        harness.run(
            task("stubborn", "1.0"),
            new ShellAgent(
                "true",
                context -> {
                  long end = System.nanoTime() + 1_500_000_000L;
                  while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                  }
                  Thread.interrupted();
                  context
                      .commands()
                      .run(
                          dev.pacebench.sandbox.Command.of(
                              "echo 42 > /app/answer.txt", java.time.Duration.ofSeconds(5)),
                          dev.pacebench.sandbox.OutputListener.NONE);
                }));
    assertThat(record.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(record.rewards()).containsEntry("reward", 0.0);
  }

  @Test
  void afterACleanEndAServerStillAnswersTheVerifier() throws Exception {
    Task task =
        new TrialFixtures.TaskFolder(folder.resolve("tasks"), "server")
            .tests(
                "if curl -sf http://127.0.0.1:8098/ >/dev/null; then echo 1; else echo 0; fi > /logs/verifier/reward.txt")
            .read();
    TrialRecord record =
        harness.run(
            task,
            new ShellAgent(
                "nohup python3 -m http.server 8098 --bind 127.0.0.1 >/dev/null 2>&1 &\n"
                    + "for i in $(seq 100); do curl -sf http://127.0.0.1:8098/ >/dev/null && exit 0; sleep 0.1; done; exit 1"));
    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(record.figures()).containsEntry("processes_at_end", 1.0);
    assertThat(record.flags()).doesNotContain("services_stopped", "worked_after_end");
  }

  @Test
  void workThatGoesOnAfterACleanEndIsFlagged() throws Exception {
    Task task =
        new TrialFixtures.TaskFolder(folder.resolve("tasks"), "busy").tests(AFTER_MORE_WORK).read();
    TrialRecord record =
        harness.run(
            task, new ShellAgent("(while :; do :; done) >/dev/null 2>&1 & echo $! > /tmp/busy"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("worked_after_end");
  }
}
