package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.stats.Sample;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Times of solved trials in rising order with the tasks that they belong to. */
final class SolvedTimes {

  private final double[] seconds;
  private final int[] tasks;

  SolvedTimes(Sample sample) {
    long[][] found =
        IntStream.range(0, sample.tasks())
            .boxed()
            .flatMap(
                t ->
                    IntStream.range(sample.begin(t), sample.begin(t + 1))
                        .filter(i -> sample.solved(i) && !Double.isNaN(sample.seconds(i)))
                        .mapToObj(i -> new long[] {Double.doubleToLongBits(sample.seconds(i)), t}))
            .toArray(long[][]::new);
    Arrays.sort(
        found, (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    seconds = new double[found.length];
    tasks = new int[found.length];
    for (int i = 0; i < found.length; i++) {
      seconds[i] = Double.longBitsToDouble(found[i][0]);
      tasks[i] = (int) found[i][1];
    }
  }

  /** The median (type 7) when each task counts several times; NaN of nothing. */
  double median(int[] weights) {
    long n = 0;
    for (int task : tasks) {
      n += weights[task];
    }
    if (n == 0) {
      return Double.NaN;
    }
    long below = (n - 1) / 2;
    long above = n / 2;
    long passed = 0;
    int i = -1;
    while (passed <= below) {
      passed += weights[tasks[++i]];
    }
    double lower = seconds[i];
    while (passed <= above) {
      passed += weights[tasks[++i]];
    }
    return lower + 0.5 * (seconds[i] - lower) * (above - below);
  }
}
