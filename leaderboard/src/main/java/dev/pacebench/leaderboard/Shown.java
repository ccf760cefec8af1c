package dev.pacebench.leaderboard;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as people see them; the only place that rounds. */
final class Shown {

  static final String ABSENT = "–";

  private Shown() {}

  static String percent(OptionalDouble share) {
    return share.isPresent() ? tenths(100 * share.getAsDouble()) + " %" : ABSENT;
  }

  static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> tenths(100 * i.shownLo()) + "–" + tenths(100 * i.shownHi()) + " %")
        .orElse(ABSENT);
  }

  static String seconds(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return ABSENT;
    }
    double value = seconds.getAsDouble();
    return value < 10 ? String.format(Locale.ROOT, "%.2f", value) : tenths(value);
  }

  static String solved(TableRow row) {
    return row.solved() + "/" + (row.trials() - row.lost());
  }

  static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
