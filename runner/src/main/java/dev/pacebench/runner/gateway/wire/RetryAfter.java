package dev.pacebench.runner.gateway.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a provider says to wait, in any of the forms in which providers say it. */
final class RetryAfter {

  private static final double LONGEST_MILLIS = Duration.ofDays(366).toMillis();
  private static final Pattern START =
      Pattern.compile("(?:try again|retry) (?:in|after) {1,3}", Pattern.CASE_INSENSITIVE);
  private static final Pattern PART =
      Pattern.compile(
          "(\\d{1,9}(?:\\.\\d{1,9})?) {0,3}"
              + "(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)(?![a-z]) {0,3}",
          Pattern.CASE_INSENSITIVE);

  private RetryAfter() {}

  /** From headers, names in lower case. */
  static @Nullable Long inHeaders(Map<String, List<String>> headers, InstantSource clock) {
    Long exact = millis(Json.number(first(headers, "retry-after-ms")));
    if (exact != null) {
      return exact;
    }
    String value = first(headers, "retry-after");
    Long seconds = millis(Json.number(value) * 1000);
    return seconds != null || value.isEmpty()
        ? seconds
        : untilDate(value, first(headers, "date"), clock);
  }

  private static @Nullable Long untilDate(String value, String now, InstantSource clock) {
    Instant until = date(value);
    if (until == null) {
      return null;
    }
    // The provider's own clock, where it shows it: ours may differ.
    Instant sent = date(now);
    double wait = Duration.between(sent == null ? clock.instant() : sent, until).toSeconds();
    return millis(Math.max(0, wait) * 1000);
  }

  private static @Nullable Instant date(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** From an error's words, such as "try again in 1.5s" or "in 6m30s". */
  static @Nullable Long inText(@Nullable String message) {
    if (message == null) {
      return null;
    }
    Matcher start = START.matcher(message);
    if (!start.find()) {
      return null;
    }
    Matcher part = PART.matcher(message).region(start.end(), message.length());
    double millis = Double.NaN;
    while (part.lookingAt()) {
      double value = Json.number(part.group(1)) * unit(part.group(2).toLowerCase(Locale.ROOT));
      millis = Double.isNaN(millis) ? value : millis + value;
      part.region(part.end(), message.length());
    }
    return millis(millis);
  }

  private static double unit(String word) {
    if (word.startsWith("ms") || word.startsWith("mil")) {
      return 1;
    }
    return switch (word.charAt(0)) {
      case 's' -> 1000;
      case 'm' -> 60_000;
      default -> 3_600_000;
    };
  }

  /** A wait that makes sense, or nothing; rounded up, since too early is refused again. */
  static @Nullable Long millis(double value) {
    return value >= 0 ? Long.valueOf((long) Math.ceil(Math.min(value, LONGEST_MILLIS))) : null;
  }

  private static String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0).strip();
  }
}
