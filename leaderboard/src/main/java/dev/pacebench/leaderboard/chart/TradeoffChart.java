package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Shows accuracy against the median time of solved trials, with what is uncertain of both, and who
 * is not beaten in both.
 */
public final class TradeoffChart {

  static final double SYMBOL = 6.5;
  private final BoardSection section;
  private final OptionalDouble at;
  private final List<Point> points;
  private final List<Point> drawn;
  private final Frame frame;
  private final Svg svg;
  private final PointWords words;
  private final TimeScale time;

  private TradeoffChart(BoardSection section, Svg svg, OptionalDouble at) {
    this.section = section;
    this.at = at;
    points = Point.of(section, at);
    drawn = points.stream().filter(Point::drawn).toList();
    this.svg = svg;
    words = new PointWords(section.rows(), at);
    frame = new Frame(svg, section.rows());
    time =
        TimeScale.over(
            drawn.stream().flatMapToDouble(TradeoffChart::times),
            Frame.LEFT + 10,
            Frame.WIDTH - 24);
  }

  /** One task set, or one group of it. */
  public static String svg(BoardSection section, SvgStyle style) {
    return svg(List.of(section), style, OptionalDouble.empty());
  }

  /**
   * Several of them, one above the other.
   *
   * @param at seconds within which a trial must have been solved; empty for accuracy in the end
   */
  public static String svg(List<BoardSection> sections, SvgStyle style, OptionalDouble at) {
    if (sections.isEmpty()) {
      BoardSection none =
          new BoardSection(
              "no trials",
              Optional.empty(),
              0,
              List.of(),
              TimeGrid.empty(),
              List.of(),
              0,
              Optional.empty());
      return svg(List.of(none), style, at);
    }
    Svg svg = new Svg(style);
    double height = 0;
    List<String> titles = new ArrayList<>();
    List<String> descriptions = new ArrayList<>();
    for (BoardSection section : sections) {
      svg.open("g", "transform", height == 0 ? "" : "translate(0 " + Svg.number(height) + ")");
      TradeoffChart chart = new TradeoffChart(section, svg, at);
      chart.draw();
      svg.close();
      height += chart.frame.height();
      titles.add(chart.title());
      descriptions.add(chart.words.description(chart.points));
    }
    return svg.finish(
        Frame.WIDTH, height, String.join("; ", titles), String.join(". ", descriptions));
  }

  private static DoubleStream times(Point point) {
    return DoubleStream.concat(
        DoubleStream.of(point.seconds()),
        point.middleHalf().map(DoubleStream::of).orElse(DoubleStream.empty()));
  }

  private String title() {
    return Sections.name(section)
        + (at.isEmpty()
            ? ": accuracy and time"
            : ": accuracy within " + TimeScale.text(at.getAsDouble()) + ", and time");
  }

  private void draw() {
    frame.heading(title(), Sections.size(section));
    frame.axes(
        time,
        "median time of the agent phase of %ssolved trials, logarithmic"
            .formatted(at.isEmpty() ? "" : "all "));
    at.ifPresent(this::budget);
    frontier();
    drawn.forEach(this::whiskers);
    drawn.forEach(this::symbol);
    List<Point> unlabelled = new PointLabels(frame, time, words).write(drawn);
    if (drawn.isEmpty()) {
      svg.text(
          (time.left() + time.right()) / 2,
          (frame.top + frame.bottom) / 2,
          section.rows().isEmpty() ? "no trials" : "no trial was solved",
          "fill",
          Ink.SOFT,
          "font-size",
          15,
          "text-anchor",
          "middle");
    }
    frame.legend(
        unlabelled.stream().map(Point::look).toList(),
        unlabelled.stream().map(words::label).toList());
    words.remarks(points, svg.style()).forEach(frame::remark);
  }

  private void budget(double seconds) {
    if (seconds >= time.from() && seconds <= time.to()) {
      double x = time.x(seconds);
      svg.line(x, frame.top, x, frame.bottom, "stroke", Ink.ACCENT, "stroke-dasharray", "2 3");
    }
  }

  /** The best accuracy to be had for a median time. */
  private void frontier() {
    List<Point> steps =
        drawn.stream()
            .filter(Point::frontier)
            .sorted(Comparator.comparingDouble(Point::seconds))
            .toList();
    if (drawn.size() < 2 || steps.isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (Point step : steps) {
      String x = Svg.number(time.x(step.seconds()));
      String y = Svg.number(frame.y(step.accuracy()));
      path.append(path.isEmpty() ? "M" + x + " " + y : "H" + x + "V" + y);
    }
    path.append('H').append(Svg.number(time.right()));
    String down = "V" + Svg.number(frame.bottom);
    String back = "H" + Svg.number(time.x(steps.get(0).seconds()));
    svg.mark("path", "d", path + down + back + "z", "fill", Ink.INK, "fill-opacity", "0.035");
    svg.mark(
        "path",
        "d",
        path.toString(),
        "fill",
        "none",
        "stroke",
        Ink.SOFT,
        "stroke-width",
        1.3,
        "stroke-dasharray",
        "5 3",
        "data-part",
        "frontier");
  }

  private void whiskers(Point point) {
    double x = time.x(point.seconds());
    double y = frame.y(point.accuracy());
    svg.open(
        "g",
        "stroke",
        point.look().ink(),
        "stroke-width",
        1.8,
        "stroke-opacity",
        0.8,
        "stroke-dasharray",
        point.row().estimated() ? "2 2" : "");
    point
        .interval()
        .ifPresent(
            it -> {
              double high = frame.y(it.shownHi());
              double low = frame.y(it.shownLo());
              svg.line(x, high, x, low);
              svg.line(x - 4, high, x + 4, high);
              svg.line(x - 4, low, x + 4, low);
            });
    point
        .middleHalf()
        .ifPresent(
            it -> {
              double quick = time.x(it[0]);
              double slow = time.x(it[1]);
              svg.line(quick, y, slow, y);
              svg.line(quick, y - 4, quick, y + 4);
              svg.line(slow, y - 4, slow, y + 4);
            });
    svg.close();
  }

  private void symbol(Point point) {
    svg.open("g", "opacity", point.row().greyed() ? "0.55" : "").hint(words.sentence(point));
    svg.mark(
        "path",
        "d",
        point.look().path(time.x(point.seconds()), frame.y(point.accuracy()), SYMBOL),
        "fill",
        point.frontier() ? point.look().ink() : Ink.PAPER,
        "stroke",
        point.look().ink(),
        "stroke-width",
        2,
        "stroke-linejoin",
        "round",
        "data-part",
        point.frontier() ? "on-frontier" : "dominated");
    svg.close();
  }
}
