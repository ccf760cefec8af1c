package dev.pacebench.leaderboard.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Times and numbers of one trial or run as people read them, in a terminal and on a page alike. */
public final class Readable {

  public static final String ABSENT = "–";

  private static final MathContext DIGITS = new MathContext(4);
  private static final Pattern INSTANT =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z");

  private Readable() {}

  /** An ISO instant to the second, which is what people ask for; anything else as it is. */
  public static String moment(String iso) {
    return INSTANT.matcher(iso).matches() ? INSTANT.matcher(iso).replaceFirst("$1 $2 UTC") : iso;
  }

  /** Four digits, and none that says nothing. */
  public static String number(@Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? ABSENT
        : new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }

  /** Each with its name, by name. */
  public static String rewards(Map<String, Double> rewards) {
    return new TreeMap<>(rewards)
        .entrySet().stream()
            .map(reward -> reward.getKey() + " " + number(reward.getValue()))
            .collect(Collectors.joining(", "));
  }
}
