package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What all charts have: a heading, an axis of time, an axis of accuracy from 0 to 100 %, remarks
 * beneath.
 *
 * <p>The axis of accuracy is never cut, so that a difference looks as large as it is.
 */
final class Frame {

  static final double WIDTH = 760;
  static final double LEFT = 58;

  private static final double HEIGHT_OF_PLOT = 340;
  private static final double LINE = 17;
  private static final double SMALL = 12;

  final Svg svg;
  final SvgStyle style;
  final double top;
  final double bottom;
  private final List<String> badges;
  private double end;

  Frame(Svg svg, List<BoardRow> rows) {
    this.svg = svg;
    style = svg.style();
    badges = badges(rows);
    top = style == SvgStyle.STANDALONE ? 100 : badges.isEmpty() ? 36 : 58;
    bottom = top + HEIGHT_OF_PLOT;
    end = bottom + 52;
  }

  /** Where a share is, clipped to 0 to 100 %. */
  double y(double share) {
    return bottom - (bottom - top) * Math.min(1, Math.max(0, share));
  }

  /**
   * The heading; inside the page only what must not be overlooked.
   *
   * @param title what is compared
   * @param subtitle what it is measured by
   */
  void heading(String title, String subtitle) {
    double right = WIDTH - 20;
    if (style == SvgStyle.STANDALONE) {
      double widest = WIDTH - 40;
      String shown = Letters.cut(title, widest, 18);
      svg.text(20, 33, shown, "fill", Ink.INK, "font-size", 18, "font-weight", 600);
      svg.text(20, 54, Letters.cut(subtitle, widest, 13), "fill", Ink.SOFT);
    }
    double x = right;
    double middle = style == SvgStyle.PAGE ? 14 : 48;
    for (String badge : badges) {
      double width = Letters.width(badge, SMALL) + 18;
      svg.mark(
          "rect",
          "x",
          x - width,
          "y",
          middle - 10.5,
          "width",
          width,
          "height",
          21.0,
          "rx",
          10.5,
          "fill",
          Ink.PAPER,
          "stroke",
          Ink.WARN);
      svg.text(
          x - width / 2,
          middle + 4,
          badge,
          "fill",
          Ink.WARN,
          "font-size",
          SMALL,
          "text-anchor",
          "middle");
      x -= width + 8;
    }
  }

  private static List<String> badges(List<BoardRow> rows) {
    List<String> badges = new ArrayList<>();
    if (all(rows, BoardRow::simulated)) {
      badges.add("simulated: no model was called");
    }
    if (all(rows, BoardRow::estimated)) {
      badges.add("estimated: re-timed, not measured");
    }
    return badges;
  }

  private static boolean all(List<BoardRow> rows, Predicate<BoardRow> what) {
    return !rows.isEmpty() && rows.stream().allMatch(what);
  }

  /** Marks that a row bears and not all of them, after its name. */
  static String marks(BoardRow row, List<BoardRow> rows) {
    List<String> marks = new ArrayList<>();
    if (row.simulated() && !all(rows, BoardRow::simulated)) {
      marks.add("simulated");
    }
    if (row.estimated() && !all(rows, BoardRow::estimated)) {
      marks.add("estimated");
    }
    if (row.greyed()) {
      marks.add("greyed");
    }
    return marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")";
  }

  /** Both axes with their gridlines. */
  void axes(TimeScale time, String timeTitle) {
    svg.text(
        LEFT, top - 14, "accuracy", "fill", Ink.SOFT, "font-size", SMALL, "text-anchor", "end");
    for (int percent = 0; percent <= 100; percent += 20) {
      double y = y(percent / 100.0);
      svg.line(
          time.left(),
          y,
          time.right(),
          y,
          "stroke",
          percent == 0 ? Ink.SOFT : Ink.RULE,
          "stroke-width",
          1);
      svg.text(
          LEFT, y + 4, percent + " %", "fill", Ink.SOFT, "font-size", SMALL, "text-anchor", "end");
    }
    List<Double> labelled = time.labelled();
    for (double tick : time.ticks()) {
      double x = time.x(tick);
      boolean named = labelled.contains(tick);
      if (named) {
        svg.line(x, top, x, bottom, "stroke", Ink.RULE, "stroke-width", 1);
        svg.text(
            x,
            bottom + 19,
            TimeScale.text(tick),
            "fill",
            Ink.SOFT,
            "font-size",
            SMALL,
            "text-anchor",
            "middle");
      }
      svg.line(x, bottom, x, bottom + (named ? 5 : 3), "stroke", Ink.SOFT, "stroke-width", 1);
    }
    svg.text(
        (time.left() + time.right()) / 2,
        bottom + 39,
        timeTitle,
        "fill",
        Ink.SOFT,
        "font-size",
        SMALL,
        "text-anchor",
        "middle");
  }

  /** Something stands as far down as that. */
  void reaches(double lowest) {
    end = Math.max(end, lowest + 12);
  }

  /** A sentence beneath. */
  void remark(String sentence) {
    for (String line : Letters.wrap(sentence, WIDTH - 40, SMALL)) {
      end += LINE;
      svg.text(20, end, line, "fill", Ink.SOFT, "font-size", SMALL);
    }
  }

  /** Symbols with their names beneath, for what has no room for a label. */
  void legend(List<Look> looks, List<String> names) {
    double x = 20;
    end += 6;
    for (int i = 0; i < names.size(); i++) {
      double width = Letters.width(names.get(i), SMALL) + 34;
      if (i == 0 || x + width > WIDTH - 20) {
        x = 20;
        end += LINE + 2;
      }
      Look look = looks.get(i);
      svg.mark("path", "d", look.path(x + 6, end - 4, 5), "fill", look.ink());
      svg.text(x + 17, end, names.get(i), "fill", Ink.INK, "font-size", SMALL);
      x += width;
    }
  }

  double height() {
    return end + 18;
  }
}
