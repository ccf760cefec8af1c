package dev.pacebench.leaderboard.stats;

/**
 * The Pareto frontier: a point is on it unless another is at least as accurate and at least as
 * fast, and better in one of the two. Equal points stay both.
 */
public final class Frontier {

  private Frontier() {}

  /** Whether each point is on it; a point with a NaN is not, and dominates none. */
  public static boolean[] of(double[] seconds, double[] accuracy) {
    boolean[] on = new boolean[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      on[i] = !Double.isNaN(seconds[i]) && !Double.isNaN(accuracy[i]);
      for (int j = 0; j < seconds.length && on[i]; j++) {
        on[i] =
            !(seconds[j] <= seconds[i]
                && accuracy[j] >= accuracy[i]
                && (seconds[j] < seconds[i] || accuracy[j] > accuracy[i]));
      }
    }
    return on;
  }
}
