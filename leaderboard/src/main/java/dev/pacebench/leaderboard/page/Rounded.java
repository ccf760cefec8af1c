package dev.pacebench.leaderboard.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as the page's data has them: short, but with as many digits as it takes for what is shown
 * of them to be the same as what is shown of the number itself.
 */
final class Rounded {

  private static final int MOST_DECIMALS = 17;

  private Rounded() {}

  /** A share of 1, or a difference of two: right to whole per cents and to tenths of them. */
  static String share(double share) {
    return shortest(share, 5, 100, 0, 1);
  }

  /** Seconds: four digits, at most milliseconds; right to the three digits that are shown. */
  static String seconds(double seconds) {
    double size = Math.abs(seconds);
    int shown = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    int decimals = size >= 999.5 ? 0 : Math.min(3, shown + 1);
    return shortest(seconds, decimals, 1, shown, shown);
  }

  /** Anything else: six digits. */
  static String number(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(6, RoundingMode.HALF_UP));
    BigDecimal stripped = rounded.stripTrailingZeros();
    return Math.abs(stripped.scale()) < 20 ? stripped.toPlainString() : stripped.toString();
  }

  /**
   * With the fewest decimals, from a number of them on, at which rounding twice comes to what
   * rounding once does.
   *
   * @param times what a number is multiplied by when it is shown, and the two numbers of decimals
   */
  private static String shortest(double exact, int fewest, double times, int one, int other) {
    BigDecimal whole = BigDecimal.valueOf(exact);
    BigDecimal rounded = whole.setScale(fewest, RoundingMode.HALF_UP);
    for (int decimals = fewest + 1; decimals <= MOST_DECIMALS; decimals++) {
      double read = rounded.doubleValue();
      if (alike(times * exact, times * read, one) && alike(times * exact, times * read, other)) {
        break;
      }
      rounded = whole.setScale(decimals, RoundingMode.HALF_UP);
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static boolean alike(double a, double b, int decimals) {
    return shown(a, decimals).compareTo(shown(b, decimals)) == 0;
  }

  private static BigDecimal shown(double number, int decimals) {
    return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
  }
}
