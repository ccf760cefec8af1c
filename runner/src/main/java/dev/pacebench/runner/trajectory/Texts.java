package dev.pacebench.runner.trajectory;

/** Cuts texts that others wrote to a length, keeping both ends and saying what is missing. */
final class Texts {

  /** Longest text of a step: a result, a message, a thought. */
  static final int LONGEST = 32_000;

  /** Longest name or identifier. */
  static final int WORD = 200;

  private Texts() {}

  /** At most {@link #LONGEST} characters, a note included. */
  static String cut(String text) {
    return cut(text, LONGEST);
  }

  /** Head and tail with a note between them where the text is longer. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return sound(text);
    }
    int room = Math.max(2, longest - 60);
    int head = room / 2;
    int tail = text.length() - (room - head);
    head = Character.isHighSurrogate(text.charAt(head - 1)) ? head - 1 : head;
    tail = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
    return sound(
        text.substring(0, head)
            + "\n[... "
            + (tail - head)
            + " characters left out ...]\n"
            + text.substring(tail));
  }

  /** A name: one line, short. */
  static String word(String text) {
    String start = text.length() > WORD ? text.substring(0, WORD) : text;
    return sound(start);
  }

  /** Half of a surrogate pair has no UTF-8; a reader of the file would stumble over it. */
  private static String sound(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
        continue;
      }
      mended = mended == null ? new StringBuilder(text) : mended;
      mended.setCharAt(i, '\uFFFD');
    }
    return mended == null ? text : mended.toString();
  }
}
