package dev.pacebench.leaderboard.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis of time: every tenfold is equally wide.
 *
 * @param from seconds at the left end
 * @param to seconds at the right end
 * @param left where that is
 * @param right where that is
 */
record TimeScale(double from, double to, double left, double right) {

  /** Times that people name; those of rank 0 are labelled first. */
  private static final double[] FIRST = {0.1, 1, 10, 60, 600, 3600, 36000};

  private static final double[] ROUND = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
    18000, 36000, 86400, 172800, 432000, 864000
  };

  /** An axis that shows less than this has too few ticks to be read. */
  private static final double LEAST_SPAN = 5;

  /** No value stands on an end. */
  private static final double MARGIN = 1.08;

  private static final double NEAREST_LABELS = 50;

  TimeScale {
    if (!(from > 0) || !(to > from) || Double.isInfinite(to)) {
      throw new IllegalArgumentException("no axis of time: " + from + " to " + to);
    }
  }

  /** From a round time below all values to a round one above them; a minute without any. */
  static TimeScale over(DoubleStream times, double left, double right) {
    double[] sorted = times.filter(time -> time > 0).sorted().toArray();
    if (sorted.length == 0) {
      return new TimeScale(1, 60, left, right);
    }
    int low = 0;
    while (low + 1 < ROUND.length && ROUND[low + 1] * MARGIN <= sorted[0]) {
      low++;
    }
    int high = ROUND.length - 1;
    while (high > 0 && ROUND[high - 1] >= MARGIN * sorted[sorted.length - 1]) {
      high--;
    }
    while (ROUND[high] < LEAST_SPAN * ROUND[low] || high <= low) {
      high = Math.min(high + 1, ROUND.length - 1);
      low = Math.max(0, low - 1);
    }
    return new TimeScale(ROUND[low], ROUND[high], left, right);
  }

  /** Exactly from one time to another; somewhat longer where they are the same. */
  static TimeScale between(double from, double to, double left, double right) {
    return new TimeScale(from, Math.max(to, 1.5 * from), left, right);
  }

  /** Where a time is; times beyond the ends are at the ends. */
  double x(double seconds) {
    double share = Math.log(seconds / from) / Math.log(to / from);
    return left + (right - left) * Math.min(1, Math.max(0, share));
  }

  /** Round times on the axis, rising. */
  List<Double> ticks() {
    return DoubleStream.of(ROUND).filter(time -> time >= from && time <= to).boxed().toList();
  }

  /** Those with room for a label, rising. */
  List<Double> labelled() {
    List<Double> chosen = new ArrayList<>();
    DoubleStream.of(FIRST).filter(time -> time >= from && time <= to).forEach(chosen::add);
    chosen.removeIf(time -> chosen.indexOf(time) > 0 && near(chosen, time));
    for (double time : ticks()) {
      if (!near(chosen, time)) {
        chosen.add(time);
      }
    }
    Collections.sort(chosen);
    return chosen;
  }

  private boolean near(List<Double> chosen, double time) {
    return chosen.stream()
        .anyMatch(other -> other != time && Math.abs(x(other) - x(time)) < NEAREST_LABELS);
  }

  /** As people say it: {@code 30 s}, {@code 5 min}, {@code 2 h}. */
  static String text(double seconds) {
    double hours = seconds / 3600;
    double minutes = seconds / 60;
    if (hours >= 48 && hours % 24 == 0) {
      return Svg.number(hours / 24) + " d";
    }
    return hours >= 1 && hours == Math.rint(hours)
        ? Svg.number(hours) + " h"
        : minutes >= 1 && minutes == Math.rint(minutes)
            ? Svg.number(minutes) + " min"
            : Svg.number(seconds) + " s";
  }
}
