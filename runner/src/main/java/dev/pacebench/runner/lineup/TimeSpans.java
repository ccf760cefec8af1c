package dev.pacebench.runner.lineup;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time as people write them: {@code 90}, {@code 90s}, {@code 1.5m}, {@code 2h}. */
public final class TimeSpans {

  /** Said wherever a span could not be read. */
  public static final String FORM =
      "write seconds, or a number with ms, s, m or h, such as 90s or 10m";

  private static final Pattern SPAN =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s*(ms|s|m|h)?");
  private static final Duration LONGEST = Duration.ofDays(7);

  private TimeSpans() {}

  /** The span, absent when the text is none, is zero, or is longer than a week. */
  public static Optional<Duration> read(String text) {
    return readFromZero(text)
        .map(span -> Duration.ofMillis(Math.round(span.toNanos() / 1e6)))
        .filter(span -> !span.isZero());
  }

  /** As {@link #read}, to the microsecond, where no time at all is a span as well. */
  public static Optional<Duration> readFromZero(String text) {
    Matcher matcher = SPAN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double seconds =
        Double.parseDouble(matcher.group(1))
            * switch (unit) {
              case "ms" -> 0.001;
              case "m" -> 60;
              case "h" -> 3600;
              default -> 1;
            };
    if (seconds > LONGEST.toSeconds()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.round(seconds * 1e6) * 1000));
  }
}
