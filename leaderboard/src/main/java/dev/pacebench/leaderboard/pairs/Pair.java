package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All that two contenders' trials say about each other, on the tasks that both attempted.
 *
 * <p>Turning the two round turns every figure round and changes nothing else.
 *
 * @param tasks in common, and what was dropped
 * @param accuracyA mean over the common tasks of the first's share solved
 * @param accuracyB the same of the second
 * @param difference of the two
 * @param mcNemar on tasks that only one solved
 * @param gap within each time budget
 * @param timeRatio on tasks that both solved; absent when there are none
 * @param equalAccuracy how much sooner
 * @param restartsA of the first; absent without times
 * @param restartsB of the second
 * @param cascadeAThenB absent without times
 * @param cascadeBThenA absent without times
 */
public record Pair(
    PairedTasks tasks,
    double accuracyA,
    double accuracyB,
    PairedDifference difference,
    McNemar mcNemar,
    BudgetGap gap,
    Optional<TimeRatio> timeRatio,
    EqualAccuracy equalAccuracy,
    Optional<Restarts> restartsA,
    Optional<Restarts> restartsB,
    Optional<Cascade> cascadeAThenB,
    Optional<Cascade> cascadeBThenA) {

  /**
   * Compares.
   *
   * @param grid budgets
   * @param shared resamples that all comparisons of a page go by
   * @return empty when there is no task in common
   */
  public static Optional<Pair> of(Sample a, Sample b, TimeGrid grid, Resamples shared) {
    PairedTasks tasks = PairedTasks.of(a, b);
    if (tasks.tasks() == 0) {
      return Optional.empty();
    }
    boolean all = tasks.tasks() == shared.tasks() && tasks.onlyA() + tasks.onlyB() == 0;
    TaskDraws draws = TaskDraws.of(tasks, shared, all);
    Solves ofA = Solves.ofA(tasks);
    Solves ofB = Solves.ofB(tasks);
    int count = tasks.tasks();
    return Optional.of(
        new Pair(
            tasks,
            IntStream.range(0, count).mapToDouble(tasks::rateA).sum() / count,
            IntStream.range(0, count).mapToDouble(tasks::rateB).sum() / count,
            PairedDifference.of(tasks, seed(tasks)),
            McNemar.of(tasks),
            BudgetGap.of(tasks, ofA, ofB, grid.toArray(), draws),
            TimeRatio.of(tasks),
            EqualAccuracy.of(tasks, ofA, ofB, draws),
            Restarts.of(a, trials(tasks, true)),
            Restarts.of(b, trials(tasks, false)),
            Cascade.of(tasks, true),
            Cascade.of(tasks, false)));
  }

  /** The p-value of the difference in accuracy alone, for comparing many pairs. */
  public static double p(PairedTasks tasks) {
    return PairedDifference.p(tasks, seed(tasks));
  }

  private static long seed(PairedTasks tasks) {
    return Resamples.seed(tasks.keys());
  }

  private static List<int[]> trials(PairedTasks tasks, boolean ofA) {
    return IntStream.range(0, tasks.tasks())
        .mapToObj(t -> ofA ? tasks.trialsA(t) : tasks.trialsB(t))
        .toList();
  }
}
