package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time budget as typed: {@code 300s}, {@code 5m}, {@code 1.5h}, {@code 1h30m}; a bare number is
 * seconds.
 *
 * @param typed as it was given
 * @param seconds positive
 */
record TimeBudget(String typed, double seconds) {

  private static final Pattern WHOLE =
      Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:h|min|m|s|ms|))+");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|min|ms|m|s|)");

  /**
   * Reads a budget.
   *
   * @param option named in errors
   */
  static TimeBudget of(String option, String typed) {
    String text = typed.strip().replace(" ", "").toLowerCase(Locale.ROOT);
    double seconds = 0;
    if (text.length() <= 20 && WHOLE.matcher(text).matches()) {
      Matcher part = PART.matcher(text);
      while (part.find()) {
        double unit =
            switch (part.group(2)) {
              case "h" -> 3600;
              case "m", "min" -> 60;
              case "ms" -> 1e-3;
              default -> 1;
            };
        seconds += unit * Double.parseDouble(part.group(1));
      }
    }
    if (!(seconds > 0)) {
      throw new UserError(
          option + " " + Cli.safe(typed, 40),
          "is no time budget",
          "give seconds, minutes or hours, such as " + option + " 300s, 5m or 1h30m");
    }
    return new TimeBudget(typed, seconds);
  }
}
