package dev.pacebench.leaderboard.stats;

/** Quantiles: of type 7 for data, by nearest rank for replicates of a bootstrap. */
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

  /** The value at place {@code ceil(q n)}, counted from 1. */
  public static double nearestRank(double[] sorted, int n, double q) {
    int place = (int) Math.ceil(q * n - 1e-9);
    return sorted[Math.min(n, Math.max(1, place)) - 1];
  }
}
