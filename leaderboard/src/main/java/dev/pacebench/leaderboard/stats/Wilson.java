package dev.pacebench.leaderboard.stats;

/** Wilson's score interval of a share (Wilson 1927), 95 %; never outside of 0 to 1. */
public final class Wilson {

  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The interval.
   *
   * @param solved how many of them
   * @param n independent trials, not attempts at the same tasks; above zero, need not be whole
   */
  public static Bounds of(double solved, double n) {
    Shares.check(solved, n);
    double share = solved / n;
    double z2 = Z * Z;
    double scale = 1 + z2 / n;
    double centre = (share + z2 / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return new Bounds(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
