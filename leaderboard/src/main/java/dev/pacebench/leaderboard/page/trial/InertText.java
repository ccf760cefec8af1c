package dev.pacebench.leaderboard.page.trial;

/**
 * Makes text of many lines that others wrote harmless for a page, and keeps its lines.
 *
 * <p>Terminal escapes go, with what they would have set; other control and invisible characters are
 * seen as {@code U+FFFD}. Linear in the text's length, whatever is in it.
 */
final class InertText {

  private static final int MARKS_IN_A_ROW = 4;
  private static final int LONGEST_ESCAPE = 4096;
  private static final char ESCAPE = 0x1B;
  private static final char BELL = 0x07;
  private static final char CSI = 0x9B;
  private static final char REPLACEMENT = 0xFFFD;

  private final String text;
  private final StringBuilder out;
  private int at;

  private InertText(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  static String of(String text) {
    return new InertText(text).clean();
  }

  private String clean() {
    int marks = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (isMark(point)) {
        if (++marks <= MARKS_IN_A_ROW) {
          out.appendCodePoint(point);
        }
        continue;
      }
      marks = 0;
      switch (point) {
        case ESCAPE -> escape();
        case CSI -> control();
        case '\n', '\t' -> out.appendCodePoint(point);
        case '\r' -> lineEnd();
        case 0x2028, 0x2029 -> out.append('\n');
        default -> out.appendCodePoint(isHarmful(point) ? REPLACEMENT : point);
      }
    }
    return out.toString();
  }

  /** A bare return would write over the line, so that what it hides is never seen. */
  private void lineEnd() {
    if (at >= text.length() || text.charAt(at) != '\n') {
      out.append('\n');
    }
  }

  private void escape() {
    if (at == text.length()) {
      return;
    }
    char kind = text.charAt(at++);
    switch (kind) {
      case '[' -> control();
      case ']', 'P', 'X', '^', '_' -> string();
      // One that chooses a character set has a further letter.
      case '(', ')', '*', '+', '#', '%' -> at = Math.min(text.length(), at + 1);
      default -> {
        if (kind < 0x30 || kind > 0x7E) {
          at--;
        }
      }
    }
  }

  /** Parameters, then one letter; anything else is no escape and stays. */
  private void control() {
    int end = at;
    while (end < text.length() && text.charAt(end) >= 0x20 && text.charAt(end) < 0x40) {
      end++;
    }
    if (end < text.length() && text.charAt(end) >= 0x40 && text.charAt(end) < 0x7F) {
      at = end + 1;
    }
  }

  /** Such as a title or a link; one that does not end on its line is no escape and stays. */
  private void string() {
    int limit = Math.min(text.length(), at + LONGEST_ESCAPE);
    for (int i = at; i < limit && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == BELL) {
        at = i + 1;
        return;
      }
      if (c == ESCAPE) {
        boolean ends = i + 1 < text.length() && text.charAt(i + 1) == '\\';
        at = ends ? i + 2 : at;
        return;
      }
    }
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isHarmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
