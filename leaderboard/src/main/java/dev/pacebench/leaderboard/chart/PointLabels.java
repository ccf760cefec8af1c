package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names beside the points of a chart, with their figures where there are few. */
record PointLabels(Frame frame, TimeScale time, PointWords words) {

  private static final double NAME_SIZE = 13;
  private static final double FIGURES_SIZE = 11.5;

  /** With more contenders labels are names only. */
  private static final int MOST_WITH_FIGURES = 8;

  /** Writes names beside points; gives back those that found no room. */
  List<Point> write(List<Point> drawn) {
    boolean figures = drawn.size() <= MOST_WITH_FIGURES;
    List<Box> symbols = new ArrayList<>();
    List<Box> lines = new ArrayList<>();
    List<Labels.Wish> wishes = new ArrayList<>();
    for (Point point : drawn) {
      double x = time.x(point.seconds());
      double y = frame.y(point.accuracy());
      symbols.add(Box.around(x, y, TradeoffChart.SYMBOL + 2, TradeoffChart.SYMBOL + 2));
      point.interval().ifPresent(it -> lines.add(upright(x, it)));
      point.middleHalf().ifPresent(it -> lines.add(level(y, it)));
      double width =
          Math.max(
              Letters.width(words.label(point), NAME_SIZE) * 1.04,
              figures ? Letters.width(words.figures(point), FIGURES_SIZE) : 0);
      wishes.add(new Labels.Wish(x, y, width, figures ? 31 : 17));
    }
    Box area = new Box(time.left() + 2, frame.top - 4, time.right() + 16, frame.bottom - 3);
    List<Optional<Labels.Place>> places = new Labels(area, symbols, lines).places(wishes);
    List<Point> without = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Point point = drawn.get(i);
      Labels.Wish wish = wishes.get(i);
      places
          .get(i)
          .ifPresentOrElse(it -> write(point, wish, it, figures), () -> without.add(point));
    }
    return without;
  }

  private Box upright(double x, Interval interval) {
    return new Box(x - 2, frame.y(interval.shownHi()), x + 2, frame.y(interval.shownLo()));
  }

  private Box level(double y, double[] ends) {
    return new Box(time.x(ends[0]), y - 2, time.x(ends[1]), y + 2);
  }

  private void write(Point point, Labels.Wish wish, Labels.Place place, boolean figures) {
    Box box = place.box();
    if (place.leader()) {
      double toX = Math.min(box.right(), Math.max(box.left(), wish.x()));
      double toY = Math.min(box.bottom() - 3, Math.max(box.top() + 3, wish.y()));
      frame.svg.line(wish.x(), wish.y(), toX, toY, "stroke", Ink.SOFT, "stroke-width", 0.8);
    }
    boolean before = box.right() < wish.x();
    boolean beside = before || box.left() > wish.x();
    double x = before ? box.right() : beside ? box.left() : (box.left() + box.right()) / 2;
    String anchor = before ? "end" : beside ? "" : "middle";
    // A border in the colour of the paper keeps letters readable where they cross lines.
    frame.svg.open(
        "g",
        "text-anchor",
        anchor,
        "paint-order",
        "stroke",
        "stroke",
        Ink.PAPER,
        "stroke-width",
        3,
        "stroke-linejoin",
        "round");
    frame.svg.text(
        x,
        box.top() + 13,
        words.label(point),
        "fill",
        Ink.INK,
        "font-size",
        NAME_SIZE,
        "font-weight",
        600);
    if (figures) {
      frame.svg.text(
          x, box.top() + 28, words.figures(point), "fill", Ink.SOFT, "font-size", FIGURES_SIZE);
    }
    frame.svg.close();
  }
}
