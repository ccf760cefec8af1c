package dev.pacebench.leaderboard.pairs;

import java.util.SplittableRandom;

/**
 * The sign-flip test of paired differences: how often a sum as far from zero comes about when each
 * difference takes either sign with equal chance.
 *
 * <p>All 2^n ways up to {@value #MOST_EXACT} differences; above, {@value #DRAWS} drawn ones, the
 * observed way counted among them. Differences that share errors are to be summed beforehand.
 */
final class SignFlip {

  static final int MOST_EXACT = 20;
  static final int DRAWS = 20_000;

  private SignFlip() {}

  /** Chance on both sides. */
  static double p(double[] differences, long seed) {
    double sum = 0;
    double size = 0;
    for (double difference : differences) {
      sum += difference;
      size += Math.abs(difference);
    }
    // Sums of the same numbers in another order differ in their last digits.
    double least = Math.abs(sum) - 1e-9 * Math.max(1, size);
    return differences.length <= MOST_EXACT
        ? exact(differences, least)
        : drawn(differences, least, seed);
  }

  private static double exact(double[] differences, double least) {
    int ways = 1 << differences.length;
    int asFar = 0;
    for (int way = 0; way < ways; way++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (way >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      asFar += Math.abs(sum) >= least ? 1 : 0;
    }
    return (double) asFar / ways;
  }

  private static double drawn(double[] differences, double least, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] asBits = new long[differences.length];
    for (int i = 0; i < asBits.length; i++) {
      asBits[i] = Double.doubleToRawLongBits(differences[i]);
    }
    int asFar = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long bits = 0;
      for (int i = 0; i < differences.length; i++) {
        bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
        // A branch that nobody can foretell would take several times as long as the sum.
        sum += Double.longBitsToDouble(asBits[i] ^ (bits << 63));
      }
      asFar += Math.abs(sum) >= least ? 1 : 0;
    }
    return asFar / (DRAWS + 1.0);
  }
}
