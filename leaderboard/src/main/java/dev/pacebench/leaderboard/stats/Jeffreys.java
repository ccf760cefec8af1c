package dev.pacebench.leaderboard.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Jeffreys' interval of a share: Beta(1/2, 1/2) before, 95 %; its ends are 0 and 1 at all or none.
 */
public final class Jeffreys {

  private Jeffreys() {}

  /** The interval; {@code n} independent trials, need not be whole. */
  public static Bounds of(double solved, double n) {
    Shares.check(solved, n);
    BetaDistribution after = BetaDistribution.of(solved + 0.5, n - solved + 0.5);
    return new Bounds(
        solved == 0 ? 0 : after.inverseCumulativeProbability(0.025),
        solved == n ? 1 : after.inverseSurvivalProbability(0.025));
  }
}
