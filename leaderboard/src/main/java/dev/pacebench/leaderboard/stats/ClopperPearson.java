package dev.pacebench.leaderboard.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** The exact interval of a share (Clopper and Pearson 1934), 95 % or more: for guarantees. */
public final class ClopperPearson {

  private ClopperPearson() {}

  /** The interval; {@code n} independent trials, need not be whole. */
  public static Bounds of(double solved, double n) {
    Shares.check(solved, n);
    return new Bounds(
        solved == 0
            ? 0
            : BetaDistribution.of(solved, n - solved + 1).inverseCumulativeProbability(0.025),
        solved == n
            ? 1
            : BetaDistribution.of(solved + 1, n - solved).inverseSurvivalProbability(0.025));
  }
}
