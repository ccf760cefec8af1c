package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.pairs.Range;
import java.util.Locale;

/** Figures of comparisons and estimates as people read them; the one place that rounds them. */
public final class FigureText {

  public static final String ABSENT = "–";

  private FigureText() {}

  /** A share: {@code 58.3 %}. */
  public static String share(double share) {
    return number("%.1f %%", 100 * share);
  }

  /** A difference of shares in points of per cent, with its sign: {@code +18.8}. */
  public static String points(double difference) {
    // What is rounded to nothing has no sign.
    return Math.abs(difference) < 0.0005 ? "0.0" : number("%+.1f", 100 * difference);
  }

  /** How many points, without a sign: {@code 9.1}. */
  public static String size(double difference) {
    return number("%.1f", 100 * Math.abs(difference));
  }

  public static String points(Range range) {
    return points(range.lo()) + " to " + points(range.hi());
  }

  public static String times(double ratio) {
    return number(ratio >= 10 ? "%.1f" : "%.2f", ratio);
  }

  public static String times(Range range) {
    return times(range.lo()) + " to " + times(range.hi());
  }

  /** A p-value: {@code p 0.031}, {@code p < 0.001}. */
  public static String p(double p) {
    return p < 0.001 ? "p < 0.001" : number(p < 0.1 ? "p %.3f" : "p %.2f", p);
  }

  /** A span as one would say it: {@code 8.2 s}, {@code 5 min}, {@code 7.6 min}, {@code 1.5 h}. */
  public static String span(double seconds) {
    if (Double.isInfinite(seconds) || Double.isNaN(seconds)) {
      return ABSENT;
    }
    if (seconds < 99.95) {
      return number(seconds < 1 ? "%.2f s" : "%.1f s", seconds).replace(".0 s", " s");
    }
    if (seconds < 120) {
      return number("%.0f s", seconds);
    }
    return seconds < 7200
        ? number("%.1f min", seconds / 60).replace(".0 min", " min")
        : number("%.1f h", seconds / 3600).replace(".0 h", " h");
  }

  public static String count(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  private static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  /** Words in lines of at most so many columns. */
  public static String wrapped(String text, int columns) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      int width = SafeText.width(word);
      if (column > 0 && column + 1 + width > columns) {
        out.append('\n');
        column = 0;
      } else if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += width;
    }
    return out.toString();
  }
}
