package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.table.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Points in words: labels, hints, remarks, and the whole chart for those who do not see it.
 *
 * @param rows those of the section
 * @param at the budget at which accuracy is taken; empty for accuracy in the end
 */
record PointWords(List<BoardRow> rows, OptionalDouble at) {

  private static final int MOST_NAMES = 4;

  String label(Point point) {
    return Letters.shortName(point.row().name()) + Frame.marks(point.row(), rows);
  }

  String figures(Point point) {
    String accuracy = Shown.percent(OptionalDouble.of(point.accuracy()));
    return at.isEmpty() ? accuracy + " in " + digits(point.seconds()) + " s" : accuracy;
  }

  /** All of a point in words. */
  String sentence(Point point) {
    return Letters.wholeName(point.row().name())
        + Frame.marks(point.row(), List.of())
        + ": "
        + Shown.percent(OptionalDouble.of(point.accuracy()))
        + (point.interval().isEmpty() ? "" : " (95 %: " + Shown.interval(point.interval()) + ")")
        + (at.isEmpty() ? "" : " within " + TimeScale.text(at.getAsDouble()))
        + ", median "
        + digits(point.seconds())
        + " s"
        + point
            .middleHalf()
            .map(it -> ", middle half %s to %s s".formatted(digits(it[0]), digits(it[1])))
            .orElse("")
        + (point.frontier() ? "; on the frontier" : "; another is as accurate and as fast");
  }

  private static String digits(double seconds) {
    return Shown.seconds(OptionalDouble.of(seconds));
  }

  /** What stands beneath the chart; the page explains charts by itself. */
  List<String> remarks(List<Point> points, SvgStyle style) {
    List<String> remarks = new ArrayList<>();
    List<Point> drawn = points.stream().filter(Point::drawn).toList();
    List<Point> missing = points.stream().filter(point -> !point.drawn()).toList();
    if (!missing.isEmpty()) {
      remarks.add(
          "Not drawn (no trial solved in a known time%s): %s%s"
              .formatted(
                  at.isEmpty() ? "" : ", or a limit below the budget",
                  missing.stream()
                      .limit(MOST_NAMES)
                      .map(point -> Letters.shortName(point.row().name()))
                      .collect(Collectors.joining(", ")),
                  missing.size() > MOST_NAMES
                      ? " and " + (missing.size() - MOST_NAMES) + " more"
                      : ""));
    }
    boolean intervals = drawn.stream().anyMatch(point -> point.interval().isPresent());
    if (!drawn.isEmpty() && style == SvgStyle.STANDALONE) {
      remarks.add(
          (intervals
                  ? "Upright: 95 % interval over tasks. "
                  : "No intervals: too few tasks to tell. ")
              + "Level: the middle half of the times of solved trials."
              + (drawn.size() < 2
                  ? ""
                  : " Filled: on the frontier (dashed); hollow: another is as accurate and as"
                      + " fast."));
    }
    return remarks;
  }

  String description(List<Point> points) {
    return points.isEmpty()
        ? "No trials"
        : points.stream()
            .map(
                point ->
                    point.drawn()
                        ? sentence(point)
                        : Letters.wholeName(point.row().name()) + ": not drawn")
            .collect(Collectors.joining(". "));
  }
}
