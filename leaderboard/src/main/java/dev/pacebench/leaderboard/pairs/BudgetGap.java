package dev.pacebench.leaderboard.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much more the first contender solves within each time budget, and at which budgets that is
 * more than chance.
 *
 * <p>Who leads is told by the band that covers the whole curve at once: at each budget alone one in
 * twenty would mislead.
 *
 * @param points rising by budget
 * @param leads stretches of budgets at which the whole band lies on one side of zero
 * @param crossings where the leader by the plain figures changes
 */
public record BudgetGap(List<Point> points, List<Lead> leads, List<Crossing> crossings) {

  /**
   * One budget.
   *
   * @param seconds the budget
   * @param a accuracy of the first
   * @param b accuracy of the second
   * @param here 95 % for this budget alone; absent below ten tasks
   * @param everywhere 95 % for all budgets at once; absent below ten tasks
   */
  public record Point(
      double seconds, double a, double b, Optional<Range> here, Optional<Range> everywhere) {

    public double difference() {
      return a - b;
    }
  }

  /**
   * Budgets at which one contender is ahead beyond chance.
   *
   * @param byA whether it is the first
   * @param from first such budget on the grid
   * @param to last such budget on the grid
   */
  public record Lead(boolean byA, double from, double to) {}

  /**
   * A change of the leader.
   *
   * @param seconds the solving time with which it comes
   * @param toA whether the first leads from then on
   */
  public record Crossing(double seconds, boolean toA) {}

  public BudgetGap {
    points = List.copyOf(points);
    leads = List.copyOf(leads);
    crossings = List.copyOf(crossings);
  }

  static BudgetGap of(PairedTasks tasks, Solves a, Solves b, double[] grid, TaskDraws draws) {
    double[] ofA = a.accuracy(grid, a.once());
    double[] ofB = b.accuracy(grid, b.once());
    GapBands bands =
        tasks.tasks() < PairedDifference.FEWEST_TASKS || tasks.clusters() < 2
            ? GapBands.none(grid.length)
            : GapBands.of(tasks, a, b, grid, draws);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      points.add(new Point(grid[i], ofA[i], ofB[i], bands.here(i), bands.everywhere(i)));
    }
    double longest = grid.length == 0 ? 0 : grid[grid.length - 1];
    return new BudgetGap(points, leads(points), crossings(a, b, longest));
  }

  private static List<Lead> leads(List<Point> points) {
    List<Lead> leads = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= points.size(); i++) {
      int side = i == points.size() ? 0 : side(points.get(i));
      int before = i == 0 ? 0 : side(points.get(i - 1));
      if (side != before) {
        if (before != 0) {
          leads.add(new Lead(before > 0, points.get(from).seconds(), points.get(i - 1).seconds()));
        }
        from = i;
      }
    }
    return leads;
  }

  private static int side(Point point) {
    return point.everywhere().filter(band -> band.excludes(0)).isPresent()
        ? (int) Math.signum(point.difference())
        : 0;
  }

  /** Between budgets of the grid as well: both curves are steps at solving times. */
  private static List<Crossing> crossings(Solves a, Solves b, double longest) {
    double[] times =
        java.util.stream.DoubleStream.concat(
                java.util.stream.IntStream.range(0, a.size()).mapToDouble(a::seconds),
                java.util.stream.IntStream.range(0, b.size()).mapToDouble(b::seconds))
            .filter(time -> time <= longest)
            .sorted()
            .distinct()
            .toArray();
    double[] ofA = a.accuracy(times, a.once());
    double[] ofB = b.accuracy(times, b.once());
    List<Crossing> crossings = new ArrayList<>();
    int leader = 0;
    for (int i = 0; i < times.length; i++) {
      double difference = ofA[i] - ofB[i];
      int now = Math.abs(difference) < 1e-9 ? 0 : (int) Math.signum(difference);
      if (now != 0 && now != leader) {
        if (leader != 0) {
          crossings.add(new Crossing(times[i], now > 0));
        }
        leader = now;
      }
    }
    return crossings;
  }

  /** The point of the largest budget that is not above a time; empty when all are. */
  public Optional<Point> at(double seconds) {
    return points.stream()
        .filter(point -> point.seconds() <= seconds * (1 + 1e-9))
        .reduce((first, second) -> second);
  }
}
