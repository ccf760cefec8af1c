package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.Curve;
import dev.pacebench.leaderboard.table.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Shows accuracy within every time budget, with its band; names stand where curves end. */
public final class CurvesChart {

  private static final double NAME_SIZE = 12.5;
  private static final double WIDEST_NAMES = 230;
  private static final double LEAST_GAP = 17;
  private static final int MOST_BANDS = 6;
  private static final int MOST_LIMITS = 4;

  private final BoardSection section;
  private final List<BoardRow> rows;
  private final List<Look> looks = new ArrayList<>();
  private final Frame frame;
  private final Svg svg;
  private final TimeScale time;

  private CurvesChart(BoardSection section, SvgStyle style) {
    this.section = section;
    rows = section.rows().stream().filter(row -> last(row) >= 0).toList();
    List<String> names = section.rows().stream().map(BoardRow::name).toList();
    rows.forEach(row -> looks.add(Look.of(row.name(), names)));
    frame = new Frame(new Svg(style), section.rows());
    svg = frame.svg;
    double widest =
        rows.stream().mapToDouble(row -> Letters.width(label(row), NAME_SIZE)).max().orElse(0);
    double right = Frame.WIDTH - 92 - Math.min(WIDEST_NAMES, widest);
    int size = section.grid().size();
    time =
        rows.isEmpty()
            ? TimeScale.over(DoubleStream.empty(), Frame.LEFT + 10, right)
            : TimeScale.between(
                section.grid().at(0), section.grid().at(size - 1), Frame.LEFT + 10, right);
  }

  /** One task set, or one group of it. */
  public static String svg(BoardSection section, SvgStyle style) {
    return new CurvesChart(section, style).draw();
  }

  /** The last budget at which anything is known; -1 for none. */
  private static int last(BoardRow row) {
    int last = row.curve().size() - 1;
    while (last >= 0 && Double.isNaN(row.curve().accuracy(last))) {
      last--;
    }
    return last;
  }

  private String draw() {
    String title = Sections.name(section) + ": accuracy within a time budget";
    frame.heading(title, Sections.size(section));
    frame.axes(time, "time budget for the agent phase, logarithmic");
    limits();
    for (int i = rows.size() - 1; i >= 0; i--) {
      band(rows.get(i), looks.get(i));
    }
    for (int i = rows.size() - 1; i >= 0; i--) {
      curve(rows.get(i), looks.get(i));
    }
    names();
    if (rows.isEmpty()) {
      svg.text(
          (time.left() + time.right()) / 2,
          (frame.top + frame.bottom) / 2,
          "no trials",
          "fill",
          Ink.SOFT,
          "font-size",
          15,
          "text-anchor",
          "middle");
    } else {
      boolean bands = rows.stream().anyMatch(row -> row.curve().band(0).isPresent());
      frame.remark(
          (!bands
                  ? "No bands: too few tasks to tell."
                  : rows.size() > MOST_BANDS
                      ? "Bands are left out, as so many would hide each other."
                      : "Bands: 95 % over tasks, at each budget alone.")
              + " A curve ends at its longest limit.");
    }
    return svg.finish(Frame.WIDTH, frame.height(), title, description());
  }

  private void limits() {
    List<Double> limits = section.limits();
    double shownTo = -1000;
    for (double limit : limits.subList(Math.max(0, limits.size() - MOST_LIMITS), limits.size())) {
      if (rows.isEmpty() || limit < time.from() || limit > time.to()) {
        continue;
      }
      double x = time.x(limit);
      svg.line(
          x,
          frame.top - 6,
          x,
          frame.bottom,
          "stroke",
          Ink.SOFT,
          "stroke-dasharray",
          "2 3",
          "data-part",
          "limit");
      String text = "limit " + TimeScale.text(limit);
      double width = Letters.width(text, 11);
      if (x - width / 2 > shownTo) {
        svg.text(
            x, frame.top - 10, text, "fill", Ink.SOFT, "font-size", 11, "text-anchor", "middle");
        shownTo = x + width / 2 + 8;
      }
    }
  }

  private void band(BoardRow row, Look look) {
    Curve curve = row.curve();
    int last = last(row);
    if (curve.band(0).isEmpty() || rows.size() > MOST_BANDS) {
      return;
    }
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      double hi = curve.band(i).orElseThrow().shownHi();
      upper.append(step(upper.isEmpty(), time.x(curve.seconds(i)), frame.y(hi)));
    }
    for (int i = last; i >= 0; i--) {
      double lo = curve.band(i).orElseThrow().shownLo();
      String y = Svg.number(frame.y(lo));
      lower.append("V").append(y).append("H").append(Svg.number(time.x(curve.seconds(i))));
    }
    svg.mark(
        "path",
        "d",
        upper.toString() + lower + "z",
        "fill",
        look.ink(),
        "fill-opacity",
        rows.size() > 3 ? 0.08 : 0.12);
  }

  private void curve(BoardRow row, Look look) {
    Curve curve = row.curve();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= last(row); i++) {
      path.append(step(path.isEmpty(), time.x(curve.seconds(i)), frame.y(curve.accuracy(i))));
    }
    svg.open("g", "opacity", row.greyed() ? "0.55" : "").hint(sentence(row));
    svg.mark(
        "path",
        "d",
        path.toString(),
        "fill",
        "none",
        "stroke",
        look.ink(),
        "stroke-width",
        2.2,
        "stroke-linejoin",
        "round",
        "stroke-dasharray",
        look.dash(),
        "data-part",
        "curve");
    svg.close();
  }

  /** What is solved by a budget stays solved until the next one. */
  private static String step(boolean first, double x, double y) {
    return first
        ? "M" + Svg.number(x) + " " + Svg.number(y)
        : "H" + Svg.number(x) + "V" + Svg.number(y);
  }

  /** Names to the right of the curves' ends, moved apart where curves end close together. */
  private void names() {
    record Name(BoardRow row, Look look, double x, double y) {}
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      BoardRow row = rows.get(i);
      int last = last(row);
      names.add(
          new Name(
              row,
              looks.get(i),
              time.x(row.curve().seconds(last)),
              frame.y(row.curve().accuracy(last))));
    }
    names.sort(Comparator.comparingDouble(Name::y));
    double[] places =
        Spread.apart(
            names.stream().mapToDouble(Name::y).toArray(),
            LEAST_GAP,
            frame.top,
            Math.max(frame.bottom, frame.top + LEAST_GAP * (names.size() - 1)));
    frame.reaches(places.length == 0 ? 0 : places[places.length - 1]);
    for (int i = 0; i < places.length; i++) {
      Name name = names.get(i);
      svg.mark(
          "path",
          "d",
          "M%s %sL%s %s"
              .formatted(
                  Svg.number(name.x() + 6),
                  Svg.number(name.y()),
                  Svg.number(time.right() + 20),
                  Svg.number(places[i])),
          "stroke",
          name.look().ink(),
          "stroke-width",
          0.9,
          "stroke-opacity",
          0.7,
          "fill",
          "none");
      svg.mark(
          "path",
          "d",
          name.look().path(name.x(), name.y(), 4.6),
          "fill",
          name.look().ink(),
          "stroke",
          Ink.PAPER,
          "stroke-width",
          1);
      svg.open("g", "font-size", NAME_SIZE).hint(sentence(name.row()));
      svg.text(
          time.right() + 66,
          places[i] + 4.3,
          Letters.cut(label(name.row()), WIDEST_NAMES, NAME_SIZE),
          "fill",
          Ink.INK);
      svg.text(
          time.right() + 60,
          places[i] + 4.3,
          Shown.wholePercent(accuracy(name.row())),
          "fill",
          Ink.SOFT,
          "text-anchor",
          "end");
      svg.close();
    }
  }

  private String label(BoardRow row) {
    return Letters.shortName(row.name()) + Frame.marks(row, section.rows());
  }

  private static OptionalDouble accuracy(BoardRow row) {
    return OptionalDouble.of(row.curve().accuracy(last(row)));
  }

  private static String sentence(BoardRow row) {
    Curve curve = row.curve();
    int last = last(row);
    return Letters.wholeName(row.name())
        + Frame.marks(row, List.of())
        + ": "
        + Shown.percent(accuracy(row))
        + " within "
        + TimeScale.text(curve.seconds(last))
        + row.times().medianSolved().stream()
            .mapToObj(
                median -> ", half of it within " + Shown.seconds(OptionalDouble.of(median)) + " s")
            .collect(Collectors.joining());
  }

  private String description() {
    return rows.isEmpty()
        ? "No trials"
        : rows.stream().map(CurvesChart::sentence).collect(Collectors.joining(". "));
  }
}
