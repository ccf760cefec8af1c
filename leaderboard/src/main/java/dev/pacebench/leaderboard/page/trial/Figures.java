package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.table.Readable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as the page of a trial shows them. */
final class Figures {

  static final String ABSENT = Readable.ABSENT;

  private Figures() {}

  /** Three digits that mean something, with the unit. */
  static String seconds(@Nullable Double seconds) {
    String plain = bare(seconds);
    return plain.equals(ABSENT) ? plain : plain + " s";
  }

  /** The same without the unit. */
  static String bare(@Nullable Double seconds) {
    if (seconds == null || !Double.isFinite(seconds)) {
      return ABSENT;
    }
    double size = Math.abs(seconds);
    String form = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, seconds);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String count(@Nullable Long value) {
    return value == null ? ABSENT : String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  static String bytes(long bytes) {
    return bytes < 1024
        ? bytes + " B"
        : bytes < 1 << 20
            ? String.format(Locale.ROOT, "%.1f kB", bytes / 1024.0)
            : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
  }
}
