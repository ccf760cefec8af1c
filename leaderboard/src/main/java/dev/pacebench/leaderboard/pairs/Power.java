package dev.pacebench.leaderboard.pairs;

import java.util.OptionalInt;

/**
 * What a paired design can see: with 5 % for a false alarm, on both sides, and 80 % for a hit.
 *
 * <p>A task's difference varies by {@code between} from task to task, and each contender's share by
 * {@code within / attempts} around a task's own chance (Miller 2024, arXiv 2411.00640).
 *
 * @param between variance over tasks of the true difference
 * @param within variance of one trial around its task's chance, the two contenders' mean
 */
public record Power(double between, double within) {

  /** z(0.975). */
  static final double Z_TWO_SIDED = 1.959963984540054;

  /** z(0.975) + z(0.8). */
  static final double SUM_OF_Z = Z_TWO_SIDED + 0.8416212335729143;

  /** As measured on public results of pairs of models under one harness: middles of the ranges. */
  public static final Power PUBLIC = new Power(0.05, 0.07);

  /** More attempts than this are no plan. */
  private static final int MOST_ATTEMPTS = 100_000;

  public Power {
    if (!(between >= 0 && within >= 0) || Double.isInfinite(between + within)) {
      throw new IllegalArgumentException("a variance is no number from 0 on");
    }
  }

  /** The smallest difference that is seen in 8 of 10 repetitions. */
  public double detectable(double tasks, double attempts) {
    return SUM_OF_Z * Math.sqrt(variance(attempts) / tasks);
  }

  /** Tasks needed to see a difference; not rounded up. */
  public double tasks(double difference, double attempts) {
    double ratio = SUM_OF_Z / difference;
    return ratio * ratio * variance(attempts);
  }

  /** Attempts at each task needed to see a difference; empty when no number of them is enough. */
  public OptionalInt attempts(double difference, double tasks) {
    double ratio = difference / SUM_OF_Z;
    double left = ratio * ratio * tasks - between;
    double needed = left > 0 ? 2 * within / left : Double.POSITIVE_INFINITY;
    return needed > MOST_ATTEMPTS
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.ceil(needed - 1e-9)));
  }

  private double variance(double attempts) {
    return between + 2 * within / attempts;
  }
}
