package dev.pacebench.leaderboard.stats;

/** Quantiles of measured data. */
public final class Quantile {

  private Quantile() {}

  /** Linear between order statistics (type 7); NaN of nothing. */
  public static double ofSorted(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = (sorted.length - 1) * q;
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
