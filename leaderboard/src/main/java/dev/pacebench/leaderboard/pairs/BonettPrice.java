package dev.pacebench.leaderboard.pairs;

/**
 * The interval of a difference of paired shares by Bonett and Price (2012, JEBS 37:479), which adds
 * one pair of each discordant kind and so keeps a width where nothing differs.
 */
final class BonettPrice {

  private BonettPrice() {}

  /**
   * For counted pairs.
   *
   * @param onlyA pairs in which only the first solved
   * @param onlyB pairs in which only the second solved
   * @param pairs all of them
   */
  static Range of(double onlyA, double onlyB, int pairs) {
    double first = (onlyA + 1) / (pairs + 2);
    double second = (onlyB + 1) / (pairs + 2);
    double difference = first - second;
    double half =
        Power.Z_TWO_SIDED * Math.sqrt((first + second - difference * difference) / (pairs + 2));
    return new Range(difference - half, difference + half);
  }

  /** For shares: what is above zero counts as part of a pair that only the first solved. */
  static Range of(double[] differences) {
    double above = 0;
    double below = 0;
    for (double difference : differences) {
      above += Math.max(0, difference);
      below += Math.max(0, -difference);
    }
    return of(above, below, differences.length);
  }
}
