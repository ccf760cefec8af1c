package dev.pacebench.leaderboard.page.trial;

/**
 * How much text a page may still take: a browser must open it whatever a model wrote.
 *
 * <p>A long text keeps its head and its tail, with a note of what is left out between them.
 */
final class Room {

  private static final int MOST_OF_ONE = 24_000;
  private static final int LEAST_OF_ONE = 400;
  private static final int MOST = 4_000_000;

  private int left = MOST;

  /** The text as far as there is room, clean. */
  String take(String text) {
    int most = Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, left / 4));
    String kept = text.length() <= most ? InertText.of(text) : ends(text, most);
    left = Math.max(0, left - kept.length());
    return kept;
  }

  private static String ends(String text, int most) {
    int head = boundary(text, most * 2 / 3);
    int tail = boundary(text, text.length() - most / 3);
    return InertText.of(text.substring(0, head))
        + "\n… "
        + (tail - head)
        + " characters left out …\n"
        + InertText.of(text.substring(tail));
  }

  /** No cut within a pair of surrogates. */
  private static int boundary(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
