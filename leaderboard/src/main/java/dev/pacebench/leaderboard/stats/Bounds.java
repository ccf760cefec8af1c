package dev.pacebench.leaderboard.stats;

/** Both ends of an interval, raw: they may lie outside of what the figure can be. */
public record Bounds(double lo, double hi) {

  public Bounds {
    if (!(lo <= hi)) {
      throw new IllegalArgumentException("lo " + lo + " is not below hi " + hi);
    }
  }
}
