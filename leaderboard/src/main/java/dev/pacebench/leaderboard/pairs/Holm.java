package dev.pacebench.leaderboard.pairs;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down adjustment (1979): what a p-value is worth when several pairs are looked at.
 *
 * <p>{@code adjusted(j) = max over i <= j of min(1, (m - i + 1) * p(i))} in rising order.
 */
public final class Holm {

  private Holm() {}

  /** Adjusted values in the order of the given ones. */
  public static double[] adjust(double[] p) {
    Integer[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toArray(Integer[]::new);
    double[] adjusted = new double[p.length];
    double highest = 0;
    for (int i = 0; i < order.length; i++) {
      highest = Math.max(highest, Math.min(1, (p.length - i) * p[order[i]]));
      adjusted[order[i]] = highest;
    }
    return adjusted;
  }
}
