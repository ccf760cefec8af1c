package dev.pacebench.leaderboard.pairs;

import java.util.Arrays;

/**
 * Percentile bounds of replicates: as many lie below the lower one as above the upper, so that
 * turning a comparison round turns its interval round.
 */
final class Percentiles {

  private static final double TAIL = 0.025;

  private Percentiles() {}

  /** The smallest rank, from 1, that leaves 2.5 % below it (nearest rank). */
  private static int rank(int replicates) {
    return Math.max(1, (int) Math.ceil(TAIL * replicates));
  }

  /** Of 95 %; sorts its argument. */
  static Range of(double[] replicates) {
    Arrays.sort(replicates);
    int rank = rank(replicates.length);
    return new Range(replicates[rank - 1], replicates[replicates.length - rank]);
  }

  /** The value that 95 % do not exceed (nearest rank); sorts its argument. */
  static double upper(double[] replicates) {
    Arrays.sort(replicates);
    return replicates[Math.max(1, (int) Math.ceil(0.95 * replicates.length)) - 1];
  }
}
