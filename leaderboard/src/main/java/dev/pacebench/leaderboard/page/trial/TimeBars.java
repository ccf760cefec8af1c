package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.Html;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bars on a scale of seconds, as SVG whose places are attributes: the page's policy forbids styles.
 */
final class TimeBars {

  private static final double WIDTH = 1000;
  private static final double LEAST = 1.5;

  /** A stretch of time of one kind. */
  record Stretch(String kind, double from, double to) {}

  private final double seconds;

  /** A scale from 0 to this. */
  TimeBars(double seconds) {
    this.seconds = seconds > 0 && Double.isFinite(seconds) ? seconds : 1;
  }

  /** One row; what cannot be shown is left out. */
  void row(Html html, List<Stretch> stretches, String label) {
    html.open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 1000 10",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        label);
    for (Stretch stretch : stretches) {
      double from = place(stretch.from());
      double to = place(stretch.to());
      if (to > from) {
        double width = Math.max(LEAST, to - from);
        html.leaf(
            "rect",
            "",
            "class",
            "part-" + stretch.kind(),
            "x",
            number(Math.min(from, WIDTH - width)),
            "width",
            number(width),
            "height",
            "10");
      }
    }
    html.close();
  }

  private double place(double at) {
    return Double.isFinite(at) ? WIDTH * Math.max(0, Math.min(1, at / seconds)) : 0;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static double orNothing(@Nullable Double seconds) {
    return seconds == null || !(seconds > 0) ? 0 : seconds;
  }
}
