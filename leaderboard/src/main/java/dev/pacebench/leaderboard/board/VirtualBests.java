package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the best contender of each task at each budget. */
final class VirtualBests {

  private VirtualBests() {}

  /** Empty with fewer than two rows that have trials. */
  static Optional<VirtualBest> of(List<Measured> rows, TimeGrid grid) {
    if (rows.stream().filter(row -> row.accuracy.trials() > 0).count() < 2) {
      return Optional.empty();
    }
    int columns = grid.size() + 1;
    Map<String, double[]> bestOf = new TreeMap<>();
    for (Measured row : rows) {
      for (int t = 0; t < row.sample.tasks(); t++) {
        int trials = row.solvedBy.trials(t);
        if (trials > 0) {
          double[] best = bestOf.computeIfAbsent(row.sample.task(t), key -> new double[columns]);
          int[] solved = row.solvedBy.solved(t);
          for (int column = 0; column < columns; column++) {
            best[column] = Math.max(best[column], (double) solved[column] / trials);
          }
        }
      }
    }
    double[] sums = new double[columns];
    for (double[] best : bestOf.values()) {
      for (int column = 0; column < columns; column++) {
        sums[column] += best[column];
      }
    }
    double[] means = Arrays.stream(sums).map(sum -> sum / bestOf.size()).toArray();
    return Optional.of(new VirtualBest(means[columns - 1], Arrays.copyOf(means, grid.size())));
  }
}
