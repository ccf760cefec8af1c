package dev.pacebench.runner.bench;

import dev.pacebench.runner.endtoend.KillRound;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Rounds of kill -9 at random moments, each followed by a resume. */
final class KillBench {

  private KillBench() {}

  static void run(Path folder, int rounds, List<Result> results) throws Exception {
    SplittableRandom random = new SplittableRandom(System.nanoTime());
    int clean = 0;
    double slowest = 0;
    for (int i = 0; i < rounds; i++) {
      KillRound round = new KillRound(folder.resolve("kill-" + i), "docker", 4);
      KillRound.Report report =
          i % 3 == 2
              ? round.killAtCommit(1 + random.nextInt(35))
              : round.killAfter(1_500 + random.nextLong(6_000));
      slowest = Math.max(slowest, report.slowestReader());
      if (report.faults().isEmpty()) {
        clean++;
        round.delete();
      } else {
        System.err.println("round " + i + ": " + report);
      }
    }
    results.add(
        Result.atMost("spine", "slowest of status, table, show after a kill", slowest, "s", 5));
    results.add(
        new Result(
            "spine",
            "kill -9 and resume, clean rounds",
            clean,
            "of " + rounds,
            "= " + rounds,
            clean == rounds));
  }
}
