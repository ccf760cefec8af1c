package dev.pacebench.leaderboard.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much longer the first contender takes for what both solve: the geometric mean of the ratios
 * over tasks, of each the geometric mean of its solved trials' times.
 *
 * <p>Says nothing of tasks that only one solves: what is slow and right drops out when the other is
 * wrong.
 *
 * @param tasks that both solved at least once
 * @param ratio above 1 when the first takes longer
 * @param interval by Student's t on logarithms; absent below ten such tasks, and without spread
 * @param ofSums the ratio of the summed times: the whole bill, where long tasks weigh more
 * @param ofMeans the arithmetic mean of the ratios
 * @param signedRankP Wilcoxon's test of the logarithms, as a check
 */
public record TimeRatio(
    int tasks,
    double ratio,
    Optional<Range> interval,
    double ofSums,
    double ofMeans,
    OptionalDouble signedRankP) {

  /** Empty when both solved no task. */
  static Optional<TimeRatio> of(PairedTasks tasks) {
    List<double[]> times = new ArrayList<>();
    List<Integer> clusters = new ArrayList<>();
    for (int t = 0; t < tasks.tasks(); t++) {
      double a = solvedSeconds(tasks.a(), tasks.trialsA(t));
      double b = solvedSeconds(tasks.b(), tasks.trialsB(t));
      if (a > 0 && b > 0) {
        times.add(new double[] {a, b});
        clusters.add(tasks.clusterOf()[t]);
      }
    }
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(of(times, clusters.stream().mapToInt(Integer::intValue).toArray()));
  }

  static TimeRatio of(List<double[]> times, int[] clusterOf) {
    TimeRatio plain = ofAnySize(times, clusterOf);
    boolean enough = plain.tasks() >= PairedDifference.FEWEST_TASKS;
    return new TimeRatio(
        plain.tasks(),
        plain.ratio(),
        enough ? plain.interval() : Optional.empty(),
        plain.ofSums(),
        plain.ofMeans(),
        enough ? plain.signedRankP() : OptionalDouble.empty());
  }

  static TimeRatio ofAnySize(List<double[]> times, int[] clusterOf) {
    double[] logs = new double[times.size()];
    double sumA = 0;
    double sumB = 0;
    double ratios = 0;
    for (int i = 0; i < logs.length; i++) {
      double a = times.get(i)[0];
      double b = times.get(i)[1];
      logs[i] = Math.log(a) - Math.log(b);
      sumA += a;
      sumB += b;
      ratios += a / b;
    }
    int[] numbers = java.util.Arrays.stream(clusterOf).distinct().sorted().toArray();
    int[] dense =
        java.util.Arrays.stream(clusterOf)
            .map(cluster -> java.util.Arrays.binarySearch(numbers, cluster))
            .toArray();
    Clustered mean = Clustered.of(logs, dense, numbers.length);
    return new TimeRatio(
        logs.length,
        Math.exp(mean.mean()),
        mean.withoutSpread()
            ? Optional.empty()
            : Optional.of(
                new Range(Math.exp(mean.interval().lo()), Math.exp(mean.interval().hi()))),
        sumA / sumB,
        ratios / logs.length,
        OptionalDouble.of(SignedRank.p(logs)));
  }

  /** Geometric mean; NaN when nothing was solved at a usable time. */
  private static double solvedSeconds(dev.pacebench.leaderboard.stats.Sample sample, int[] trials) {
    double logs = 0;
    int solved = 0;
    for (int trial : trials) {
      double seconds = sample.seconds(trial);
      if (sample.solved(trial) && seconds > 0 && seconds < Double.POSITIVE_INFINITY) {
        logs += Math.log(seconds);
        solved++;
      }
    }
    return solved == 0 ? Double.NaN : Math.exp(logs / solved);
  }
}
