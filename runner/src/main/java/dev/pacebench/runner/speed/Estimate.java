package dev.pacebench.runner.speed;

/**
 * A figure with its 95 % interval.
 *
 * @param value the figure over all that was measured
 * @param lo lower bound
 * @param hi upper bound
 */
record Estimate(double value, double lo, double hi) {

  Estimate {
    if (!Double.isFinite(value) || !(lo <= hi)) {
      throw new IllegalArgumentException("no estimate: " + value + " in " + lo + " to " + hi);
    }
  }

  boolean contains(double other) {
    return lo <= other && other <= hi;
  }
}
