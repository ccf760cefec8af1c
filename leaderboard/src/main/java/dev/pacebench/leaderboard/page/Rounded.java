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
    BigDecimal exact = BigDecimal.valueOf(share);
    return plain(exact, decimals(exact, 5, 2, 3));
  }

  /** Seconds: four digits, at most milliseconds; right to the three digits that are shown. */
  static String seconds(double seconds) {
    double size = Math.abs(seconds);
    int decimals = size >= 999.5 ? 0 : size >= 99.95 ? 1 : size >= 9.995 ? 2 : 3;
    int shown = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    BigDecimal exact = BigDecimal.valueOf(seconds);
    return plain(exact, decimals(exact, decimals, shown));
  }

  /** Anything else: six digits. */
  static String number(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(6, RoundingMode.HALF_UP));
    BigDecimal stripped = rounded.stripTrailingZeros();
    return Math.abs(stripped.scale()) < 20 ? stripped.toPlainString() : stripped.toString();
  }

  private static String plain(BigDecimal exact, int decimals) {
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Rounding twice must come to what rounding once does. */
  private static int decimals(BigDecimal exact, int fewest, int... shown) {
    int decimals = fewest;
    while (decimals < MOST_DECIMALS && !agrees(exact, decimals, shown)) {
      decimals++;
    }
    return decimals;
  }

  private static boolean agrees(BigDecimal exact, int decimals, int... shown) {
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
    for (int digits : shown) {
      BigDecimal once = exact.setScale(digits, RoundingMode.HALF_UP);
      if (once.compareTo(rounded.setScale(digits, RoundingMode.HALF_UP)) != 0) {
        return false;
      }
    }
    return true;
  }
}
