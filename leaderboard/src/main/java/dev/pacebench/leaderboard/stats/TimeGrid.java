package dev.pacebench.leaderboard.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The time budgets at which figures are computed: {@value #POINTS} spread evenly over the logarithm
 * of time, and the limits themselves.
 */
public final class TimeGrid {

  /** Log-spaced budgets, both ends included. */
  public static final int POINTS = 64;

  /** No budget below this is of use to anybody. */
  public static final double SHORTEST = 1;

  private final double[] seconds;

  private TimeGrid(double[] seconds) {
    this.seconds = seconds;
  }

  /**
   * From the shortest time to the longest limit.
   *
   * @param shortest seconds of the quickest trial; values below one second count as one
   * @param limits limits in seconds, at least one; the longest ends the grid
   */
  public static TimeGrid of(double shortest, double... limits) {
    double longest = DoubleStream.of(limits).max().orElseThrow();
    if (!(longest > 0) || Double.isInfinite(longest)) {
      throw new IllegalArgumentException("a limit is no positive number: " + longest);
    }
    double from = Math.min(Math.max(SHORTEST, shortest), longest);
    double step = Math.log(longest / from) / (POINTS - 1);
    DoubleStream spread =
        IntStream.range(0, POINTS)
            .mapToDouble(i -> i == POINTS - 1 ? longest : from * Math.exp(step * i));
    return new TimeGrid(
        DoubleStream.concat(spread, DoubleStream.of(limits).filter(l -> l >= from))
            .sorted()
            .distinct()
            .toArray());
  }

  /** Without any budget, for contenders without trials. */
  public static TimeGrid empty() {
    return new TimeGrid(new double[0]);
  }

  /** This grid with more budgets, as far as they lie within its ends. */
  public TimeGrid with(double... budgets) {
    return seconds.length == 0
        ? this
        : new TimeGrid(
            DoubleStream.concat(
                    DoubleStream.of(seconds),
                    DoubleStream.of(budgets)
                        .filter(b -> b >= seconds[0] && b <= seconds[seconds.length - 1]))
                .sorted()
                .distinct()
                .toArray());
  }

  /** The budgets of this grid that are not above a time. */
  public TimeGrid upTo(double time) {
    return new TimeGrid(DoubleStream.of(seconds).filter(b -> b <= time).toArray());
  }

  public int size() {
    return seconds.length;
  }

  /** The budget at an index; they rise. */
  public double at(int index) {
    return seconds[index];
  }

  /** Index of the first budget that is not below a time; {@link #size()} when all are. */
  public int indexOf(double time) {
    int found = Arrays.binarySearch(seconds, time);
    return found >= 0 ? found : -found - 1;
  }

  public double[] toArray() {
    return seconds.clone();
  }
}
