package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import dev.pacebench.leaderboard.stats.Extremes;
import dev.pacebench.leaderboard.stats.Frontier;
import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Accuracies of all rows of a section, at all budgets, in every replicate of one bootstrap.
 *
 * <p>A replicate draws the same tasks for every row, or the same repositories where tasks share at
 * least ten. Each replicate has random numbers of its own, so it does not matter in which order,
 * and on how many cores, they are computed.
 */
final class Replicates {

  private static final int BLOCK = 32;
  private static final double Z = 1.959963984540054;

  /** Above nobody. */
  private static final long ABSENT = -1;

  private final int replicates;
  private final int columns;
  private final double wider;

  /** By row, then column and replicate; the last column counts all solved trials. */
  private final double[][] accuracy;

  /** By row and replicate: median seconds of solved trials. */
  private final double[][] median;

  /** By row: whether it lacks tasks of others, so that a replicate may hold none of its own. */
  private final boolean[] partial;

  Replicates(List<Measured> rows, int columns, int replicates, long seed) {
    this.replicates = replicates;
    this.columns = columns;
    Map<String, Integer> numbers = clusterOfTask(rows);
    int clusters = (int) numbers.values().stream().distinct().count();
    wider =
        Math.sqrt(clusters / (clusters - 1.0))
            * TDistribution.of(clusters - 1.0).inverseSurvivalProbability(0.025)
            / Z;
    accuracy = new double[rows.size()][columns * replicates];
    median = new double[rows.size()][replicates];
    partial = new boolean[rows.size()];
    int[][] clusterOf = new int[rows.size()][];
    SolvedTimes[] times = new SolvedTimes[rows.size()];
    IntStream.range(0, rows.size())
        .parallel()
        .forEach(
            r -> {
              Sample sample = rows.get(r).sample;
              clusterOf[r] = new int[sample.tasks()];
              Arrays.setAll(clusterOf[r], t -> numbers.getOrDefault(sample.task(t), 0));
              partial[r] = rows.get(r).accuracy.tasks() < numbers.size();
              times[r] = new SolvedTimes(sample);
            });
    Resamples resamples = new Resamples(clusters, replicates, seed);
    IntStream.range(0, (replicates + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(block -> draw(rows, clusterOf, times, resamples, block * BLOCK));
  }

  /** Some replicates at once, as what is written side by side is written quickly. */
  private void draw(
      List<Measured> rows, int[][] clusterOf, SolvedTimes[] times, Resamples resamples, int from) {
    int n = Math.min(BLOCK, replicates - from);
    int[][] drawn = new int[n][];
    Arrays.setAll(drawn, i -> resamples.counts(from + i));
    int[] sums = new int[columns];
    double[] shares = new double[columns * n];
    for (int r = 0; r < clusterOf.length; r++) {
      int[] weights = new int[clusterOf[r].length];
      for (int i = 0; i < n; i++) {
        for (int t = 0; t < weights.length; t++) {
          weights[t] = drawn[i][clusterOf[r][t]];
        }
        rows.get(r).solvedBy.shares(weights, sums, shares, i, n);
        median[r][from + i] = times[r].median(weights);
      }
      for (int column = 0; column < columns; column++) {
        System.arraycopy(shares, column * n, accuracy[r], column * replicates + from, n);
      }
    }
  }

  /** How many clusters the tasks of some rows form together. */
  static int clusters(List<Measured> rows) {
    return (int) clusterOfTask(rows).values().stream().distinct().count();
  }

  /** Numbers in the order of the tasks' keys, so that they do not depend on that of the rows. */
  private static Map<String, Integer> clusterOfTask(List<Measured> rows) {
    Set<String> repositories = new HashSet<>();
    Map<String, String> clusterOf = new HashMap<>();
    for (Measured row : rows) {
      for (int t = 0; t < row.sample.tasks(); t++) {
        if (row.sample.counted(t) > 0) {
          clusterOf.put(row.sample.task(t), row.sample.cluster(t));
          repositories.add(row.sample.cluster(t));
        }
      }
    }
    boolean shared = repositories.size() >= ClusteredAccuracy.FEWEST;
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, Integer> numberOf = new HashMap<>();
    for (String task : new TreeSet<>(clusterOf.keySet())) {
      String cluster = shared ? clusterOf.getOrDefault(task, task) : task;
      numberOf.put(task, numbers.computeIfAbsent(cluster, key -> numbers.size()));
    }
    return numberOf;
  }

  /**
   * The 95 % band around a figure: nearest ranks of the replicates, or two NaN where those do not
   * differ.
   *
   * <p>Replicates of few clusters differ too little, by the root of (C - 1) / C, and are as
   * uncertain themselves as Student's t says; the band is widened by both.
   */
  double[] band(int row, int column, double figure) {
    double[] values = accuracy[row];
    int from = column * replicates;
    int to = from + replicates;
    int n = replicates;
    // Replicates without any of the row's tasks have no figure.
    for (int i = from; i < to && partial[row]; i++) {
      n -= Double.isNaN(values[i]) ? 1 : 0;
    }
    if (n == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double lo = Extremes.smallest(values, from, to, (int) Math.ceil(0.025 * n));
    double hi = Extremes.largest(values, from, to, n - (int) Math.ceil(0.975 * n) + 1);
    if (lo == hi) {
      return new double[] {Double.NaN, Double.NaN};
    }
    return new double[] {
      figure - wider * Math.max(0, figure - lo), figure + wider * Math.max(0, hi - figure)
    };
  }

  /**
   * The ranks of each row at a column.
   *
   * @param reaches whether a row has a figure there
   * @return by row: best and worst rank in 95 % of the replicates, zeros where it has none
   */
  int[][] ranks(int column, boolean[] reaches) {
    int rows = accuracy.length;
    long[][] keys = new long[rows][replicates];
    long[][] above = new long[rows][replicates];
    for (int r = 0; r < rows; r++) {
      for (int b = 0; b < replicates; b++) {
        double value = accuracy[r][column * replicates + b];
        keys[r][b] = reaches[r] && value >= 0 ? Double.doubleToRawLongBits(value) : ABSENT;
      }
      for (int s = 0; s < r && reaches[r]; s++) {
        compare(keys[r], keys[s], above[r], above[s]);
      }
    }
    int[][] ranks = new int[rows][];
    for (int r = 0; r < rows; r++) {
      int[] counts = new int[rows + 1];
      for (int b = 0; b < replicates; b++) {
        if (keys[r][b] != ABSENT) {
          counts[1 + (int) above[r][b]]++;
        }
      }
      ranks[r] = central(counts);
    }
    return ranks;
  }

  /**
   * Counts for each of two rows how often the other is above it.
   *
   * <p>Bits of numbers from 0 on rise as the numbers do, and the sign of a difference is one shift
   * away, which the processor does for several at once.
   */
  private static void compare(long[] a, long[] b, long[] aboveA, long[] aboveB) {
    for (int i = 0; i < a.length; i++) {
      aboveA[i] += (a[i] - b[i]) >>> 63;
    }
    for (int i = 0; i < a.length; i++) {
      aboveB[i] += (b[i] - a[i]) >>> 63;
    }
  }

  private static int[] central(int[] counts) {
    int n = Arrays.stream(counts).sum();
    if (n == 0) {
      return new int[] {0, 0};
    }
    int[] ends = new int[2];
    double[] places = {Math.ceil(0.025 * n), Math.ceil(0.975 * n)};
    for (int end = 0; end < 2; end++) {
      int passed = 0;
      int rank = 0;
      while (passed < places[end]) {
        passed += counts[++rank];
      }
      ends[end] = rank;
    }
    return ends;
  }

  /** Share of replicates in which each row is on the frontier of accuracy and median seconds. */
  double[] frontierShares() {
    int rows = accuracy.length;
    int[] on = new int[rows];
    double[] seconds = new double[rows];
    double[] accuracies = new double[rows];
    for (int b = 0; b < replicates; b++) {
      for (int r = 0; r < rows; r++) {
        seconds[r] = median[r][b];
        accuracies[r] = accuracy[r][(columns - 1) * replicates + b];
      }
      boolean[] nonDominated = Frontier.of(seconds, accuracies);
      for (int r = 0; r < rows; r++) {
        on[r] += nonDominated[r] ? 1 : 0;
      }
    }
    return Arrays.stream(on).mapToDouble(count -> (double) count / replicates).toArray();
  }
}
