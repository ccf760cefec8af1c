package dev.pacebench.leaderboard.pairs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilcoxon's signed-rank test: zeros are dropped, equal sizes share their middle rank.
 *
 * <p>Exact, ties included, up to {@value #MOST_EXACT} values; above by the normal approximation.
 */
final class SignedRank {

  static final int MOST_EXACT = 200;

  private SignedRank() {}

  /** Chance on both sides; 1 when nothing differs from zero. */
  static double p(double[] values) {
    double[] kept = Arrays.stream(values).filter(value -> value != 0).toArray();
    if (kept.length == 0) {
      return 1;
    }
    int[] ranks = doubledRanks(kept);
    long positive = 0;
    for (int i = 0; i < kept.length; i++) {
      positive += kept[i] > 0 ? ranks[i] : 0;
    }
    long all = Arrays.stream(ranks).asLongStream().sum();
    long smaller = Math.min(positive, all - positive);
    return kept.length <= MOST_EXACT ? exact(ranks, (int) smaller) : normal(ranks, smaller, all);
  }

  /** Ranks are doubled, so that middle ranks are whole numbers. */
  private static int[] doubledRanks(double[] values) {
    Integer[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
            .toArray(Integer[]::new);
    int[] ranks = new int[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      double size = Math.abs(values[order[from]]);
      while (to < order.length && Math.abs(values[order[to]]) - size <= 1e-12 * size) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = from + 1 + to;
      }
    }
    return ranks;
  }

  private static double exact(int[] ranks, int smaller) {
    double[] chance = new double[smaller + 1];
    chance[0] = 1;
    for (int rank : ranks) {
      for (int sum = smaller; sum >= 0; sum--) {
        chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
      }
    }
    return Math.min(1, 2 * Arrays.stream(chance).sum());
  }

  private static double normal(int[] ranks, long smaller, long all) {
    double squares = Arrays.stream(ranks).mapToDouble(rank -> (double) rank * rank).sum();
    // In doubled ranks half a rank of continuity is one.
    double z = (smaller + 1 - all / 2.0) / Math.sqrt(squares / 4);
    return Math.min(1, 2 * NormalDistribution.of(0, 1).cumulativeProbability(z));
  }
}
