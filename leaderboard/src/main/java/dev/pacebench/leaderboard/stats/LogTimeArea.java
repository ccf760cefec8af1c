package dev.pacebench.leaderboard.stats;

import java.util.OptionalDouble;

/**
 * The area under accuracy over the logarithm of time between two times, over what it could be at
 * most: every doubling of patience weighs the same.
 *
 * <p>{@code sum over solved of (ln hi - ln max(t, lo)) / (ln hi - ln lo) / n}.
 */
public final class LogTimeArea {

  private LogTimeArea() {}

  /** Empty when every trial was lost, or the times leave nothing between them. */
  public static OptionalDouble of(Sample sample, double lo, double hi) {
    if (!(lo > 0) || !(hi > lo)) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    int trials = 0;
    for (int i = 0; i < sample.trials(); i++) {
      if (sample.lost(i)) {
        continue;
      }
      trials++;
      if (sample.solved(i) && sample.solvedAt(i) < hi) {
        sum += Math.log(hi) - Math.log(Math.max(sample.solvedAt(i), lo));
      }
    }
    return trials == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / (Math.log(hi) - Math.log(lo)) / trials);
  }
}
