package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.pairs.Holm;
import dev.pacebench.leaderboard.pairs.Pair;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.TimeGrid;
import dev.pacebench.runner.store.RunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Two contenders on one task set.
 *
 * @param a the first
 * @param b the second
 * @param pair every figure
 * @param pairs pairs of contenders on this set, all of which Holm's adjustment looks at
 * @param holmP of the difference in accuracy
 * @param limit beyond which nothing is known
 * @param duels tasks that came out differently
 */
record Compared(
    TableRow a,
    TableRow b,
    Pair pair,
    int pairs,
    double holmP,
    double limit,
    List<TaskDuel> duels) {

  static final int REPLICATES = 2_000;

  /** More pairs than this take too long to look at for one comparison. */
  private static final int MOST_PAIRS = 2_000;

  Compared {
    duels = List.copyOf(duels);
  }

  String taskSet() {
    return a.taskSet();
  }

  /** Empty when they have no task in common. */
  static Optional<Compared> of(
      RunStore store, Competitors all, Entrant a, Entrant b, List<Double> budgets) {
    List<Sample> samples = List.of(a.sample(), b.sample());
    Optional<TimeGrid> grid = grid(samples, budgets);
    if (grid.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pair> pair = Pair.of(a.sample(), b.sample(), grid.get(), resamples(a, b));
    if (pair.isEmpty()) {
      return Optional.empty();
    }
    List<Entrant> rivals = all.of(a.taskSet());
    double[] p = p(rivals, a, b, pair.get());
    TableRow rowA = all.row(a);
    TableRow rowB = all.row(b);
    return Optional.of(
        new Compared(
            rowA,
            rowB,
            pair.get(),
            p.length,
            Holm.adjust(p)[0],
            grid.get().at(grid.get().size() - 1),
            TaskDuel.of(store, pair.get().tasks(), rowA, rowB)));
  }

  private static Resamples resamples(Entrant a, Entrant b) {
    TreeMap<String, String> digests = new TreeMap<>();
    for (Entrant one : List.of(a, b)) {
      for (int t = 0; t < one.sample().tasks(); t++) {
        digests.put(one.sample().task(t), one.taskDigest(t));
      }
    }
    return new Resamples(digests.size(), REPLICATES, Resamples.seed(digests.values()));
  }

  /** Up to the shorter of the two longest limits: beyond it one of the two knows nothing. */
  static Optional<TimeGrid> grid(List<Sample> samples, List<Double> budgets) {
    double[] limits =
        samples.stream()
            .mapToDouble(
                sample ->
                    IntStream.range(0, sample.trials())
                        .mapToDouble(sample::limit)
                        .max()
                        .orElse(Double.NaN))
            .toArray();
    double limit = Double.POSITIVE_INFINITY;
    for (double one : limits) {
      limit = one > 0 ? Math.min(limit, one) : limit;
    }
    if (Double.isInfinite(limit)) {
      return Optional.empty();
    }
    double shortest =
        samples.stream()
            .flatMapToDouble(
                sample -> IntStream.range(0, sample.trials()).mapToDouble(sample::seconds))
            .filter(seconds -> seconds > 0)
            .min()
            .orElse(1);
    return Optional.of(
        TimeGrid.of(shortest, limit)
            .with(budgets.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** The pair's own p-value first, then those of all others that can be compared. */
  private static double[] p(List<Entrant> rivals, Entrant a, Entrant b, Pair pair) {
    List<Double> values = new ArrayList<>();
    values.add(pair.difference().decisiveP());
    for (int i = 0; i < rivals.size(); i++) {
      for (int j = i + 1; j < rivals.size() && values.size() < MOST_PAIRS; j++) {
        boolean own =
            (rivals.get(i).equals(a) && rivals.get(j).equals(b))
                || (rivals.get(i).equals(b) && rivals.get(j).equals(a));
        if (!own) {
          PairedTasks tasks = PairedTasks.of(rivals.get(i).sample(), rivals.get(j).sample());
          if (tasks.tasks() > 0) {
            values.add(Pair.p(tasks));
          }
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
