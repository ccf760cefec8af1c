package dev.pacebench.leaderboard.pairs;

/**
 * Where a figure lies with 95 % confidence; neither clipped nor rounded.
 *
 * @param lo lower bound
 * @param hi upper bound
 */
public record Range(double lo, double hi) {

  public Range {
    if (!(lo <= hi)) {
      throw new IllegalArgumentException("lo " + lo + " is not below hi " + hi);
    }
  }

  /** Whether all of it is above or below a value. */
  public boolean excludes(double value) {
    return lo > value || hi < value;
  }

  public double width() {
    return hi - lo;
  }
}
