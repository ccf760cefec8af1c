package dev.pacebench.leaderboard.stats;

import java.util.OptionalDouble;

/**
 * The chance that at least one of k attempts at a task solves it, of which pass^k, that all do, is
 * the counterpart.
 *
 * <p>{@code pass@k = 1 - C(n - c, k) / C(n, k)}, unbiased (Chen et al. 2021, arXiv 2107.03374);
 * {@code pass^k = C(c, k) / C(n, k)} (Yao et al. 2024, arXiv 2406.12045).
 */
public final class PassAtK {

  private PassAtK() {}

  /** Of one task with {@code n} attempts of which {@code c} solved it; k at most n. */
  public static double atLeastOne(int n, int c, int k) {
    check(n, c, k);
    return 1 - choices(n - c, n, k);
  }

  /** That all of k solve it. */
  public static double all(int n, int c, int k) {
    check(n, c, k);
    return choices(c, n, k);
  }

  /** C(part, k) / C(n, k). */
  private static double choices(int part, int n, int k) {
    double product = 1;
    for (int i = 0; i < k; i++) {
      product *= Math.max(0, part - i) / (double) (n - i);
    }
    return product;
  }

  /** Mean of {@link #atLeastOne} over tasks; empty when a task has fewer than k attempts. */
  public static OptionalDouble meanAtLeastOne(Sample sample, int k) {
    return mean(sample, k, false);
  }

  /** Mean of {@link #all} over tasks; empty when a task has fewer than k attempts. */
  public static OptionalDouble meanAll(Sample sample, int k) {
    return mean(sample, k, true);
  }

  /** The largest k that all tasks have attempts for; zero without tasks. */
  public static int largest(Sample sample) {
    int least = Integer.MAX_VALUE;
    for (int t = 0; t < sample.tasks(); t++) {
      int counted = sample.counted(t);
      least = counted > 0 ? Math.min(least, counted) : least;
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  private static OptionalDouble mean(Sample sample, int k, boolean all) {
    double sum = 0;
    int tasks = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      int n = sample.counted(t);
      if (n == 0) {
        continue;
      }
      if (n < k) {
        return OptionalDouble.empty();
      }
      int c = sample.solvedOf(t);
      sum += all ? all(n, c, k) : atLeastOne(n, c, k);
      tasks++;
    }
    return tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tasks);
  }

  private static void check(int n, int c, int k) {
    if (k < 1 || k > n || c < 0 || c > n) {
      throw new IllegalArgumentException(
          "k must be from 1 to the number of attempts: n " + n + ", c " + c + ", k " + k);
    }
  }
}
