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
  void atARandomMomentAndThenBetweenTheRenameOfTheEvidenceAndTheRow() throws Exception {
    KillRound round = new KillRound(folder.resolve("round"), "docker", 2);
    long millis = new SplittableRandom(System.nanoTime()).nextLong(5_000);
    round.killAfter(round.run(4), millis);
    long first = round.committed();
    round.killAtCommit(round.resume(), (int) first + 3);

    assertThat(round.finish().faults())
        .as("killed after " + millis + " ms with " + first + " results, then with 3 more")
        .isEmpty();
  }

  @Test
  @Tag("local")
  void inALocalSandboxAndAfterACleanStop() throws Exception {
    KillRound round = new KillRound(folder.resolve("round"), "local", 2);
    Pacebench.Started run = round.run(2);
    round.awaitCommitted(run, 3);
    run.process().destroy();
    run.await(120);
    round.killAtCommit(round.resume(), (int) round.committed() + 4);
    int committed = (int) round.committed();

    int done = round.done();
    // At most one row a slot may be missing: evidence comes first.
    assertThat(done).isBetween(committed - 2, committed);
    round.readersWork("table", "show");
    // A database that was closed well once must not go back to that state.
    assertThat(round.done()).isEqualTo(done);
    assertThat(round.finish().faults()).isEmpty();
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
}
