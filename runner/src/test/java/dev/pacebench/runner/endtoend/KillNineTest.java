package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signal 9 at any moment loses nothing, doubles nothing and leaves nothing. */
@Tag("docker")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillNineTest {

  @TempDir Path folder;

  @Test
  void atARandomMoment() throws Exception {
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
  void anAgentsProgramOnTheHostEndsWithItsRunner() throws Exception {
    Path marks = Files.createDirectory(folder.resolve("marks"));
    String lineup =
        """
        contenders:
          - name: own
            agent: command
            settings:
              where: host
              run: |
                echo "$PWD" > %1$s/folder
                (cd / && exec setsid sleep 271828) & echo $! > %1$s/far
                (exec env -i /bin/sleep 271828) & echo $! > %1$s/bare
                sleep 271828 & echo $! > %1$s/near
                echo > %1$s/all
                wait
        """
            .formatted(marks);
    Path file = Files.writeString(folder.resolve("lineup.yaml"), lineup);
    Pacebench.Started run =
        new Pacebench(folder)
            .start(
                "run",
                "-t",
                "starter-terminal",
                "--only",
                "rotate-log",
                "-k",
                "1",
                "-l",
                file.toString(),
                "--sandbox",
                "local");
    await(run, () -> Files.exists(marks.resolve("all")));

    run.process().destroyForcibly().waitFor();

    for (String one : List.of("near", "far", "bare")) {
      long pid = Long.parseLong(Files.readString(marks.resolve(one)).strip());
      await(run, () -> ProcessHandle.of(pid).map(it -> !it.isAlive()).orElse(true));
    }
    Path work = Path.of(Files.readString(marks.resolve("folder")).strip());
    await(run, () -> !Files.exists(work.getParent()));
  }

  private static void await(Pacebench.Started run, BooleanSupplier state) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(run.text()).isNegative();
      Thread.sleep(10);
    }
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
