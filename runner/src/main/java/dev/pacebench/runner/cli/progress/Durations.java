package dev.pacebench.runner.cli.progress;

import java.time.Duration;
import java.util.Locale;

/** Shows spans of time; rounding happens here and nowhere before. */
public final class Durations {

  private Durations() {}

  /** As a clock: {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
  public static String clock(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /**
   * As seconds with three digits that mean something: {@code 0.004 s}, {@code 1.25 s}, {@code 83
   * s}.
   */
  public static String seconds(double seconds) {
    String form =
        seconds >= 100 ? "%.0f s" : seconds >= 10 ? "%.1f s" : seconds >= 1 ? "%.2f s" : "%.3f s";
    return String.format(Locale.ROOT, form, seconds);
  }
}
