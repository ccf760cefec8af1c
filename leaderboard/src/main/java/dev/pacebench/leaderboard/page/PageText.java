package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.SafeText;
import java.util.stream.Collectors;

/** Text that others chose, as a page may have it: in its data, and in its HTML. */
final class PageText {

  /** Longer names say no more to anybody, and a thousand of them would make a page heavy. */
  private static final int MOST_IN_DATA = 400;

  private static final int MOST_IN_LINE = 4000;

  private PageText() {}

  /** A name for the data: as it is, unless it is longer than any that is meant for people. */
  static String data(String text) {
    if (text.length() <= MOST_IN_DATA) {
      return text;
    }
    // What was cut must not make two names one.
    return text.substring(0, MOST_IN_DATA) + "… " + Integer.toHexString(text.hashCode());
  }

  /** Several lines, each as it is but for what nobody could see. */
  static String shown(String text) {
    return text.lines()
        .map(line -> SafeText.page(line, MOST_IN_LINE))
        .collect(Collectors.joining("\n"));
  }
}
