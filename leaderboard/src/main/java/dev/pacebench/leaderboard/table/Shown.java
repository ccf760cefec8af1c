package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.board.RankInterval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as people see them; the only place that rounds. */
public final class Shown {

  static final String ABSENT = "–";

  private Shown() {}

  static OptionalDouble known(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  public static String percent(OptionalDouble share) {
    return share.isPresent() ? tenths(100 * share.getAsDouble()) + " %" : ABSENT;
  }

  /** Without tenths, for shares that say little beyond that. */
  public static String wholePercent(OptionalDouble share) {
    return share.isPresent() ? Math.round(100 * share.getAsDouble()) + " %" : ABSENT;
  }

  static String points(OptionalDouble difference) {
    return difference.isPresent() ? tenths(100 * difference.getAsDouble()) : ABSENT;
  }

  /** Clipped to 0 to 100 %; tenths only where the interval is narrow enough for them to matter. */
  public static String interval(Optional<Interval> interval) {
    return interval
        .map(
            i -> {
              double lo = 100 * i.shownLo();
              double hi = 100 * i.shownHi();
              return hi - lo < 10
                  ? tenths(lo) + "–" + tenths(hi) + " %"
                  : String.format(Locale.ROOT, "%.0f–%.0f %%", lo, hi);
            })
        .orElse(ABSENT);
  }

  public static String ranks(Optional<RankInterval> ranks) {
    return ranks
        .map(r -> r.best() == r.worst() ? Integer.toString(r.best()) : r.best() + "–" + r.worst())
        .orElse(ABSENT);
  }

  public static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? significant(seconds.getAsDouble()) : ABSENT;
  }

  /** Two digits that mean something; enough for an uncertainty. */
  static String two(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT, size >= 9.95 ? "%.0f" : size >= 0.995 ? "%.1f" : "%.2f", value);
  }

  /** Three digits that mean something. */
  static String significant(double value) {
    double size = Math.abs(value);
    String form =
        size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }

  /** Without digits that say nothing, and never with an exponent. */
  static String plain(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  public static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
