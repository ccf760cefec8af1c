package dev.pacebench.tasks.compose;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as compose files spell them. */
final class Sizes {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([bkmgt]?)b?");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(us|ms|s|m|h)");
  private static final double LARGEST = 16L << 40;
  private static final Duration LONGEST = Duration.ofDays(7);

  private Sizes() {}

  /** {@code 512m}, {@code 2G}; empty for anything else, and for 0. */
  static OptionalLong bytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT).strip());
    if (size.matches()) {
      int shift = "bkmgt".indexOf(size.group(2).isEmpty() ? "b" : size.group(2)) * 10;
      double bytes = Double.parseDouble(size.group(1)) * (1L << shift);
      if (bytes >= 1 && bytes <= LARGEST) {
        return OptionalLong.of((long) bytes);
      }
    }
    return OptionalLong.empty();
  }

  /** {@code 1m30s}, {@code 500ms}; empty for anything else. */
  static Optional<Duration> duration(String text) {
    Matcher span = SPAN.matcher(text.strip());
    double seconds = 0;
    int end = 0;
    while (span.find() && span.start() == end) {
      double unit =
          switch (span.group(2)) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
          };
      seconds += Double.parseDouble(span.group(1)) * unit;
      end = span.end();
    }
    if (end == 0 || end != text.strip().length() || seconds > LONGEST.toSeconds()) {
      return text.strip().equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)));
  }
}
