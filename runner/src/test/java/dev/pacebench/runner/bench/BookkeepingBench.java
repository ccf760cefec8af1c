package dev.pacebench.runner.bench;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.batch.Evaluation;
import dev.pacebench.runner.batch.RunListener;
import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunFiles;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the batch itself costs: claim, result, progress; with trials that take no time. */
final class BookkeepingBench {

  private BookkeepingBench() {}

  static void run(Path folder, int few, int many, List<Result> results) throws Exception {
    oneRun(folder.resolve("warm-up"), Math.min(few, 2_000));
    double small = oneRun(folder.resolve("few"), few);
    double large = oneRun(folder.resolve("many"), many);
    results.add(
        Result.atMost("spine", "bookkeeping per trial, " + few + " trials", small, "ms", 2));
    results.add(
        Result.atMost("spine", "bookkeeping per trial, " + many + " trials", large, "ms", 2));
    results.add(
        Result.atMost("spine", "bookkeeping growth per trial", large / small, "ratio", 1.2));
  }

  private static double oneRun(Path folder, int trials) throws Exception {
    Home home = new Home(folder);
    Files.createDirectories(home.scratch());
    TaskSet set =
        new HarborFormat().read("bench", BenchTask.write(folder.resolve("tasks"), "nothing"));
    Task task = set.tasks().get(0);
    Contender nop = nop();
    RunSettings settings =
        new RunSettings(
            "bench",
            Instant.now().toString(),
            List.of(),
            "",
            trials,
            4,
            1,
            RunSettings.Order.BY_ATTEMPT,
            "docker",
            1,
            Duration.ofSeconds(60),
            Optional.empty(),
            List.of(),
            1);
    List<PlannedTrial> planned = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      planned.add(new PlannedTrial("bench", "nothing.nop." + (i + 1), i, task, nop, i + 1));
    }
    Lineup lineup =
        new Lineup("bench", "bench.yaml", List.of(nop), Map.of(), false, false, Optional.empty());
    Plan plan = new Plan(settings, lineup, List.of(set), planned, List.of());
    TrialRunner instant = (trial, tryNumber, watcher) -> record(trial);
    try (Database database = Database.open(home)) {
      RunStore store = new RunStore(database);
      RunFiles.write(home, plan);
      store.create(plan);
      long start = System.nanoTime();
      try (Evaluation evaluation =
          new Evaluation(
              home,
              plan,
              store,
              new FolderEvidence(),
              instant,
              Owner.self(),
              new RunListener() {})) {
        RunSummary summary = evaluation.run();
        if (summary.done() != trials) {
          throw new IllegalStateException("only " + summary);
        }
      }
      return (System.nanoTime() - start) / 1e6 / trials;
    }
  }

  static Contender nop() {
    return new Contender(
        "nop",
        "nop",
        "1",
        Optional.empty(),
        Map.of(),
        Map.of(),
        ContenderLimits.none(),
        false,
        "d");
  }

  private static TrialRecord record(PlannedTrial trial) {
    return new TrialRecord(
        trial.runId(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        "nop",
        "d",
        "c",
        trial.attempt(),
        Outcome.FAILED,
        "finished",
        false,
        0.0,
        0.0,
        1,
        false,
        60,
        "shared",
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "nothing happened",
        Instant.EPOCH,
        "");
  }
}
