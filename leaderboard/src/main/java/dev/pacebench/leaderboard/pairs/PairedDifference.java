package dev.pacebench.leaderboard.pairs;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much larger a share of trials the first contender solves, over tasks that both attempted.
 *
 * <p>Each task counts once, however many attempts it has. Where all tasks say the same there is no
 * spread to measure, and Bonett and Price's interval stands in for one of width zero.
 *
 * @param mean of the tasks' differences
 * @param standardError absent below two clusters
 * @param interval absent below ten tasks
 * @param method of the interval: {@code t_over_clusters} or {@code bonett_price}
 * @param p of Student's t, on both sides; absent without spread and below ten tasks
 * @param flipP of the sign-flip test, on both sides
 * @param detectable the difference that this design would have seen in 8 of 10 repetitions, {@code
 *     (z(0.975) + z(0.8)) * standard error}; absent without an interval by t
 */
public record PairedDifference(
    double mean,
    OptionalDouble standardError,
    Optional<Range> interval,
    String method,
    OptionalDouble p,
    double flipP,
    OptionalDouble detectable) {

  /** Below so many tasks an interval would promise more than it knows. */
  public static final int FEWEST_TASKS = 10;

  /** Of tasks that two contenders have in common; at least one. */
  static PairedDifference of(PairedTasks tasks, long seed) {
    double[] differences = tasks.differences();
    Clustered mean = Clustered.of(differences, tasks.clusterOf(), tasks.clusters());
    double flipP = SignFlip.p(sums(differences, tasks), seed);
    boolean enough = differences.length >= FEWEST_TASKS;
    boolean spread = !mean.withoutSpread();
    return new PairedDifference(
        mean.mean(),
        tasks.clusters() < 2 ? OptionalDouble.empty() : OptionalDouble.of(mean.standardError()),
        enough ? interval(mean, differences, tasks.clusters()) : Optional.empty(),
        spread ? "t_over_clusters" : "bonett_price",
        enough && spread ? OptionalDouble.of(mean.p()) : OptionalDouble.empty(),
        flipP,
        enough && spread
            ? OptionalDouble.of(Power.SUM_OF_Z * mean.standardError())
            : OptionalDouble.empty());
  }

  /** The p-value alone, for comparing many pairs. */
  static double p(PairedTasks tasks, long seed) {
    double[] differences = tasks.differences();
    Clustered mean = Clustered.of(differences, tasks.clusterOf(), tasks.clusters());
    return differences.length >= FEWEST_TASKS && !mean.withoutSpread()
        ? mean.p()
        : SignFlip.p(sums(differences, tasks), seed);
  }

  private static Optional<Range> interval(Clustered mean, double[] differences, int clusters) {
    if (!mean.withoutSpread()) {
      return Optional.of(mean.interval());
    }
    return clusters < 2 ? Optional.empty() : Optional.of(BonettPrice.of(differences));
  }

  private static double[] sums(double[] differences, PairedTasks tasks) {
    double[] sums = new double[tasks.clusters()];
    for (int t = 0; t < differences.length; t++) {
      sums[tasks.clusterOf()[t]] += differences[t];
    }
    return sums;
  }

  /** The p-value that a comparison of many pairs goes by. */
  public double decisiveP() {
    return p.orElse(flipP);
  }
}
