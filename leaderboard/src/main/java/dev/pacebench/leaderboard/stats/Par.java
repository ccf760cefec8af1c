package dev.pacebench.leaderboard.stats;

import java.util.OptionalDouble;

/**
 * Penalised time (SAT competitions' PAR): a solved trial counts its seconds, any other its limit
 * times a factor; the mean over trials that were not lost.
 *
 * <p>With one limit L and A the accuracy within a time: {@code PAR-1 = L - integral of A} and
 * {@code PAR-k = PAR-1 + (k - 1) L (1 - A(L))}.
 */
public final class Par {

  private Par() {}

  /** Empty when every trial was lost. */
  public static OptionalDouble of(Sample sample, double factor) {
    double sum = 0;
    int trials = 0;
    for (int i = 0; i < sample.trials(); i++) {
      if (!sample.lost(i)) {
        sum += sample.solved(i) ? sample.solvedAt(i) : factor * sample.limit(i);
        trials++;
      }
    }
    return trials == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / trials);
  }
}
