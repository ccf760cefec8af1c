package dev.pacebench.leaderboard.pairs;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test on tasks that only one of two contenders solved (conditional on them, each
 * is as likely to be the one as the other).
 *
 * <p>With more than one attempt a task counts as solved by whoever solved more than half of its
 * trials at it.
 *
 * @param onlyA tasks that only the first solved
 * @param onlyB tasks that only the second solved
 * @param both tasks that both solved
 * @param neither tasks that neither solved
 * @param majority whether some task had more than one trial
 * @param p on both sides
 * @param midP with half of the observed outcome's own chance taken off on each side
 * @param interval of the difference of shares, by Bonett and Price
 */
public record McNemar(
    int onlyA,
    int onlyB,
    int both,
    int neither,
    boolean majority,
    double p,
    double midP,
    Range interval) {

  static McNemar of(PairedTasks tasks) {
    int[] count = new int[4];
    boolean majority = false;
    for (int t = 0; t < tasks.tasks(); t++) {
      count[(tasks.rateA(t) > 0.5 ? 2 : 0) + (tasks.rateB(t) > 0.5 ? 1 : 0)]++;
      majority |= tasks.trialsA(t).length > 1 || tasks.trialsB(t).length > 1;
    }
    return of(count[2], count[1], count[3], count[0], majority);
  }

  static McNemar of(int onlyA, int onlyB, int both, int neither, boolean majority) {
    return new McNemar(
        onlyA,
        onlyB,
        both,
        neither,
        majority,
        p(onlyA, onlyB),
        midP(onlyA, onlyB),
        BonettPrice.of(onlyA, onlyB, onlyA + onlyB + both + neither));
  }

  static double p(int onlyA, int onlyB) {
    return Math.min(1, 2 * tail(onlyA, onlyB));
  }

  static double midP(int onlyA, int onlyB) {
    int n = onlyA + onlyB;
    if (n == 0) {
      return 1;
    }
    double point = BinomialDistribution.of(n, 0.5).probability(Math.min(onlyA, onlyB));
    return Math.min(1, 2 * tail(onlyA, onlyB) - point);
  }

  private static double tail(int onlyA, int onlyB) {
    return onlyA + onlyB == 0
        ? 1
        : BinomialDistribution.of(onlyA + onlyB, 0.5).cumulativeProbability(Math.min(onlyA, onlyB));
  }
}
