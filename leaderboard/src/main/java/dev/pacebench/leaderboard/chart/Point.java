package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.stats.Frontier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A contender's place among accuracy and time.
 *
 * @param row its figures
 * @param look its symbol and colour
 * @param seconds median of solved trials; NaN when nothing was solved in a known time
 * @param accuracy NaN without a trial that counts, or where nothing is known at the budget
 * @param interval of the accuracy
 * @param frontier whether no other point is as accurate and as fast, and better in one of the two
 */
record Point(
    BoardRow row,
    Look look,
    double seconds,
    double accuracy,
    Optional<Interval> interval,
    boolean frontier) {

  /**
   * The points of all rows, in their order.
   *
   * @param at the budget at which accuracy is taken; empty for accuracy in the end
   */
  static List<Point> of(BoardSection section, OptionalDouble at) {
    List<BoardRow> rows = section.rows();
    double[] seconds =
        rows.stream().mapToDouble(row -> row.times().medianSolved().orElse(Double.NaN)).toArray();
    double[] accuracy = rows.stream().mapToDouble(row -> accuracy(row, at)).toArray();
    boolean[] frontier = Frontier.of(seconds, accuracy);
    List<String> names = rows.stream().map(BoardRow::name).toList();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      BoardRow row = rows.get(i);
      points.add(
          new Point(
              row,
              Look.of(row.name(), names),
              seconds[i],
              accuracy[i],
              at.isEmpty()
                  ? row.intervals().headline()
                  : row.accuracyAt(at.getAsDouble()).flatMap(AtBudget::band),
              frontier[i]));
    }
    return points;
  }

  private static double accuracy(BoardRow row, OptionalDouble at) {
    return at.isEmpty()
        ? row.row().accuracy().orElse(Double.NaN)
        : row.accuracyAt(at.getAsDouble()).map(AtBudget::accuracy).orElse(Double.NaN);
  }

  /** Whether an axis of the logarithm of time has a place for it. */
  boolean drawn() {
    return seconds > 0 && !Double.isNaN(accuracy);
  }

  /** The middle half of the times of solved trials, where it is known. */
  Optional<double[]> middleHalf() {
    OptionalDouble lower = row.times().p25Solved();
    OptionalDouble upper = row.times().p75Solved();
    return lower.isPresent() && upper.isPresent() && lower.getAsDouble() > 0
        ? Optional.of(new double[] {lower.getAsDouble(), upper.getAsDouble()})
        : Optional.empty();
  }
}
