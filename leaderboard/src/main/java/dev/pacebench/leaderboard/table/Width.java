package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;

/** Counts and fills columns of a terminal. */
final class Width {

  private Width() {}

  static int of(String text) {
    return SafeText.width(text);
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - of(text))) + text;
  }

  /** Breaks a sentence at spaces; every line begins with the indent. */
  static void wrap(StringBuilder out, String indent, String sentence, int columns) {
    int used = 0;
    for (String word : sentence.split(" ", -1)) {
      int width = of(word);
      if (used == 0) {
        out.append(indent);
        used = indent.length();
      } else if (used + 1 + width > columns) {
        out.append('\n').append(indent);
        used = indent.length();
      } else {
        out.append(' ');
        used++;
      }
      out.append(word);
      used += width;
    }
    out.append('\n');
  }
}
