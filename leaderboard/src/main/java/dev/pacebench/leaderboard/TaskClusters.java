package dev.pacebench.leaderboard;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The uncertainty of an accuracy when trials of one task resemble each other.
 *
 * <p>The standard error is the cluster-robust one with the small-sample factor (CR1; Miller 2024,
 * arXiv 2411.00640, with C / (C - 1)): the square root of {@code C / (C - 1) * sum over tasks of
 * (sum over its trials of (s - mean))^2} divided by the number of trials. With equally many trials
 * per task it is the standard deviation of the tasks' means over the square root of their number;
 * with unequally many it stays centred on the accuracy that is shown. {@code TaskClustersTest}
 * holds the oracles.
 */
final class TaskClusters {

  /** Below this many tasks an interval would promise more than it knows. */
  static final int FEWEST_TASKS = 10;

  private static final double Z = 1.959963984540054;

  private final SortedMap<String, double[]> solvedAndTrials = new TreeMap<>();

  /** Takes trials as (task, solved) pairs, without the LOST ones. */
  void add(String task, boolean solved) {
    double[] cell = solvedAndTrials.computeIfAbsent(task, key -> new double[2]);
    cell[0] += solved ? 1 : 0;
    cell[1]++;
  }

  int tasks() {
    return solvedAndTrials.size();
  }

  double mean() {
    double solved = 0;
    double trials = 0;
    for (double[] cell : cells()) {
      solved += cell[0];
      trials += cell[1];
    }
    return solved / trials;
  }

  /** NaN below two tasks. */
  double standardError() {
    int clusters = tasks();
    if (clusters < 2) {
      return Double.NaN;
    }
    double mean = mean();
    double squares = 0;
    double trials = 0;
    for (double[] cell : cells()) {
      double deviation = cell[0] - cell[1] * mean;
      squares += deviation * deviation;
      trials += cell[1];
    }
    return Math.sqrt(squares * clusters / (clusters - 1)) / trials;
  }

  /**
   * The 95 % interval; empty below {@value #FEWEST_TASKS} tasks.
   *
   * <p>Tasks that all came out alike leave no spread to measure. An interval of width zero would
   * then claim certainty, so Wilson's interval over the tasks stands in for it.
   */
  Optional<Interval> interval() {
    return tasks() < FEWEST_TASKS ? Optional.empty() : Optional.of(intervalOfAnySize());
  }

  Interval intervalOfAnySize() {
    double standardError = standardError();
    double mean = mean();
    // Rounding leaves 1e-17 or so where there is no spread at all.
    if (standardError < 1e-12) {
      return wilson(mean, tasks());
    }
    double t = TDistribution.of(tasks() - 1).inverseSurvivalProbability(0.025);
    return new Interval(mean - t * standardError, mean + t * standardError, "t_over_tasks");
  }

  /** Wilson's score interval (Wilson 1927) for a share of {@code n} independent tasks. */
  static Interval wilson(double share, int n) {
    double z2 = Z * Z;
    double scale = 1 + z2 / n;
    double centre = (share + z2 / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
    return new Interval(
        Math.max(0, centre - half), Math.min(1, centre + half), "wilson_over_tasks");
  }

  private Collection<double[]> cells() {
    return solvedAndTrials.values();
  }
}
