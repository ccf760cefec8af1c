package dev.pacebench.leaderboard.pairs;

import java.util.OptionalDouble;

/**
 * How a pair of contenders varies, measured: between tasks and within them.
 *
 * @param tasks that the figures rest on
 * @param between variance over tasks of the difference, less what attempts explain, at least 0; of
 *     tasks with one attempt nothing can be told apart and all of it is here
 * @param within mean variance of one trial around its task's chance; absent with one attempt a task
 */
public record Variances(int tasks, double between, OptionalDouble within) {

  /** Of tasks that both attempted; at least two. */
  public static Variances of(PairedTasks tasks) {
    double[] differences = tasks.differences();
    double mean = java.util.Arrays.stream(differences).sum() / differences.length;
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double variance = squares / (differences.length - 1);
    double[] sums = new double[3];
    for (int t = 0; t < tasks.tasks(); t++) {
      add(sums, tasks.rateA(t), tasks.trialsA(t).length);
      add(sums, tasks.rateB(t), tasks.trialsB(t).length);
    }
    if (sums[2] == 0) {
      return new Variances(tasks.tasks(), variance, OptionalDouble.empty());
    }
    double ofMeans = sums[1] / sums[2];
    return new Variances(
        tasks.tasks(), Math.max(0, variance - 2 * ofMeans), OptionalDouble.of(sums[0] / sums[2]));
  }

  /** Unbiased: p (1 - p) of a share underrates the variance by (n - 1) / n. */
  private static void add(double[] sums, double rate, int trials) {
    if (trials > 1) {
      double variance = rate * (1 - rate) * trials / (trials - 1);
      sums[0] += variance;
      sums[1] += variance / trials;
      sums[2]++;
    }
  }
}
