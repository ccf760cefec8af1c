package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signal 9 at any moment loses nothing, doubles nothing and leaves nothing. */
@Tag("docker")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillNineTest {

  @TempDir Path folder;

  @RepeatedTest(2)
  void atARandomMoment(RepetitionInfo repetition) throws Exception {
    long seed = System.nanoTime();
    long millis = 2_000 + new SplittableRandom(seed).nextLong(5_000);
    KillRound.Report report = new KillRound(folder.resolve("round"), "docker").killAfter(millis);
    assertThat(report.faults())
        .as("killed after " + millis + " ms with " + report.doneAtKill() + " results")
        .isEmpty();
  }

  @Test
  void betweenTheRenameOfTheEvidenceAndTheRow() throws Exception {
    KillRound.Report report = new KillRound(folder.resolve("round"), "docker").killAtCommit(14);
    assertThat(report.faults()).isEmpty();
  }

  @Test
  @Tag("local")
  void inALocalSandbox() throws Exception {
    KillRound.Report report = new KillRound(folder.resolve("round"), "local").killAtCommit(9);
    assertThat(report.faults()).isEmpty();
  }

  @Test
  @Tag("local")
  void aRunThatWasStoppedResumedAndKilledKeepsItsRows() throws Exception {
    List<Integer> done =
        new KillRound(folder.resolve("round"), "local").doneAfterStopResumeAndKill();
    int committed = done.get(0);
    // At most one row a slot may be missing: evidence comes first.
    assertThat(done.get(1)).isBetween(committed - 2, committed);
    assertThat(done.subList(1, done.size())).containsOnly(done.get(1));
  }
}
