package dev.pacebench.runner.speed;

import java.util.Arrays;

/**
 * A quantile of measured data, by linear interpolation between order statistics (type 7).
 *
 * @param q share of the data below it
 * @param value the quantile
 * @param enough whether at least five values lie beyond it; with fewer it says little
 */
public record Quantile(double q, double value, boolean enough) {

  private static final double BEYOND = 5;

  /** A quantile of at least one value. */
  static Quantile of(double[] data, double q) {
    // Halves of a percent do not come out even in binary.
    return new Quantile(q, value(data, q), data.length * (1 - q) >= BEYOND - 1e-9);
  }

  static double value(double[] data, double q) {
    if (data.length == 0) {
      throw new IllegalArgumentException("no data");
    }
    double[] sorted = data.clone();
    Arrays.sort(sorted);
    double place = (sorted.length - 1) * q;
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  static double median(double[] data) {
    return value(data, 0.5);
  }
}
