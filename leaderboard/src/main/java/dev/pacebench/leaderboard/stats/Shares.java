package dev.pacebench.leaderboard.stats;

/** Refuses what is no share. */
final class Shares {

  private Shares() {}

  static void check(double solved, double n) {
    if (!(n > 0) || !(solved >= 0) || !(solved <= n) || Double.isInfinite(n)) {
      throw new IllegalArgumentException(solved + " of " + n + " is no share");
    }
  }
}
