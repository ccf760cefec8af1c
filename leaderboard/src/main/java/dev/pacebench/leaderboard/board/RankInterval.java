package dev.pacebench.leaderboard.board;

/**
 * Ranks that a row takes in 95 % of the replicates, 1 being best; equal accuracies share the better
 * rank.
 */
public record RankInterval(int best, int worst) {

  public RankInterval {
    if (best < 1 || worst < best) {
      throw new IllegalArgumentException("no ranks: " + best + " to " + worst);
    }
  }
}
