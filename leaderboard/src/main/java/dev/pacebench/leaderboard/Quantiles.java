package dev.pacebench.leaderboard;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/** Quantiles of measured data by linear interpolation between order statistics (type 7). */
final class Quantiles {

  private Quantiles() {}

  static OptionalDouble median(Collection<Double> data) {
    return quantile(data, 0.5);
  }

  static OptionalDouble quantile(Collection<Double> data, double q) {
    if (data.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = data.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    double place = (sorted.length - 1) * q;
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return OptionalDouble.of(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
  }
}
