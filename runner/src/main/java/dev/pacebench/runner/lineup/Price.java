package dev.pacebench.runner.lineup;

/** Money for a million tokens, by kind. */
public record Price(double input, double cachedInput, double cacheWrite, double output) {

  /** More than any token costs; keeps a price per token from being taken for one per million. */
  static final double HIGHEST = 100_000;

  public Price {
    for (double price : new double[] {input, cachedInput, cacheWrite, output}) {
      if (!(price >= 0) || price > HIGHEST) {
        throw new IllegalArgumentException("a price must be from 0 to " + HIGHEST);
      }
    }
  }
}
