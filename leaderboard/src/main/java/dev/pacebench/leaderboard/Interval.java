package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

/**
 * A 95 % interval around an accuracy, for the question "and on other tasks of this kind?".
 *
 * <p>The bounds are raw: they may lie outside 0 to 1 and are clipped only when shown.
 *
 * @param lo lower bound
 * @param hi upper bound
 * @param method {@code t_over_tasks} or {@code wilson_over_tasks}
 */
public record Interval(double lo, double hi, String method) {

  public Interval {
    requireNonNull(method, "method is null");
    if (!(lo <= hi)) {
      throw new IllegalArgumentException("lo " + lo + " is not below hi " + hi);
    }
  }

  /** The lower bound as shown. */
  public double shownLo() {
    return Math.min(1, Math.max(0, lo));
  }

  /** The upper bound as shown. */
  public double shownHi() {
    return Math.min(1, Math.max(0, hi));
  }
}
