package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.stats.Frontier;
import dev.pacebench.leaderboard.stats.Quantile;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the curves of a section do not have: per budget, how long what was solved within it took,
 * and who is on the frontier of accuracy within it against that time.
 */
final class WithinTimes {

  /** By row and budget: median seconds; NaN where nothing was solved, and beyond the limits. */
  final double[][] median;

  /** By row and budget. */
  final boolean[][] onFrontier;

  WithinTimes(BoardSection section, List<Entrant> entrants) {
    TimeGrid grid = section.grid();
    int rows = entrants.size();
    median =
        IntStream.range(0, rows)
            .parallel()
            .mapToObj(r -> medians(entrants.get(r).sample(), grid))
            .toArray(double[][]::new);
    onFrontier = new boolean[rows][grid.size()];
    double[] seconds = new double[rows];
    double[] accuracy = new double[rows];
    for (int g = 0; g < grid.size(); g++) {
      for (int r = 0; r < rows; r++) {
        accuracy[r] = section.rows().get(r).curve().accuracy(g);
        if (Double.isNaN(accuracy[r])) {
          median[r][g] = Double.NaN;
        }
        seconds[r] = median[r][g];
      }
      boolean[] on = Frontier.of(seconds, accuracy);
      for (int r = 0; r < rows; r++) {
        onFrontier[r][g] = on[r];
      }
    }
  }

  private record Solve(double seconds, double at) {}

  private static double[] medians(Sample sample, TimeGrid grid) {
    List<Solve> solves =
        IntStream.range(0, sample.trials())
            .filter(i -> sample.solved(i) && !Double.isNaN(sample.seconds(i)))
            .mapToObj(i -> new Solve(sample.seconds(i), sample.solvedAt(i)))
            .sorted(Comparator.comparingDouble(Solve::seconds))
            .toList();
    double[] medians = new double[grid.size()];
    double[] within = new double[solves.size()];
    for (int g = 0; g < medians.length; g++) {
      int n = 0;
      for (Solve solve : solves) {
        if (solve.at() <= grid.at(g)) {
          within[n++] = solve.seconds();
        }
      }
      medians[g] = Quantile.ofSorted(Arrays.copyOf(within, n), 0.5);
    }
    return medians;
  }
}
