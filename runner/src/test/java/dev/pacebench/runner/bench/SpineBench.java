package dev.pacebench.runner.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Commands, whole trials, throughput, bookkeeping, start-up, and kill -9. */
final class SpineBench {

  private SpineBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-bench-");
    try {
      StartBench.run(quick ? 5 : 15, results);
      try (TrialBench trials = new TrialBench(folder)) {
        trials.commands(quick ? 10 : 60, results);
        trials.wholeTrial(quick ? 8 : 40, results);
        trials.throughput(quick ? 16 : 80, results);
      }
      BookkeepingBench.run(folder, quick ? 1_000 : 10_000, quick ? 4_000 : 100_000, results);
      KillBench.run(folder, quick ? 2 : 30, results);
    } finally {
      dev.pacebench.runner.home.FileTrees.delete(folder);
    }
  }
}
