package dev.pacebench.leaderboard;

import java.text.Normalizer;

/**
 * Makes text that others chose, such as a contender's name, harmless wherever a table shows it.
 *
 * <p>Control characters, terminal escapes, direction overrides, invisible characters and piles of
 * combining marks come out as visible or plain; the text never breaks a line.
 */
public final class SafeText {

  private static final int REPLACEMENT = 0xFFFD;
  private static final int MARKS_IN_A_ROW = 2;

  private SafeText() {}

  /** For a terminal: at most {@code columns} wide, with an ellipsis where something was cut. */
  public static String terminal(String text, int columns) {
    return cut(clean(text, columns * 4 + 16, false), columns);
  }

  private static String cut(String clean, int columns) {
    if (width(clean) <= columns) {
      return clean;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < clean.length(); ) {
      int point = clean.codePointAt(i);
      if (used + width(point) > columns - 1) {
        break;
      }
      used += width(point);
      cut.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return cut.append('…').toString();
  }

  /**
   * For a page that isolates directions: as for a terminal, with letters of every script.
   *
   * @param most characters
   */
  public static String page(String text, int most) {
    return cut(clean(text, most * 4 + 16, true), most);
  }

  /** As it is, but for characters that mean something in HTML and SVG. */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** For a cell of a Markdown table. */
  public static String markdown(String text, int columns) {
    StringBuilder out = new StringBuilder();
    for (char c : terminal(text, columns).toCharArray()) {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        // Would call a user, or make a link without being asked.
        case '@' -> out.append("&#64;");
        case ':' -> out.append("&#58;");
        case '\\', '|', '`', '*', '_', '[', ']', '#', '~', '!', '$' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * For a field of a CSV file, quoted where needed; spreadsheets must not take it for a formula.
   */
  public static String csv(String text, int columns) {
    String clean = terminal(text, columns);
    if (!clean.isEmpty() && "=+-@|%".indexOf(clean.charAt(0)) >= 0) {
      clean = "'" + clean;
    }
    boolean quote = clean.chars().anyMatch(c -> c == ',' || c == '"' || c == ';' || c == '\'');
    return quote ? '"' + clean.replace("\"", "\"\"") + '"' : clean;
  }

  /** For LaTeX: no character starts a command, and none is beyond what its usual fonts have. */
  public static String latex(String text, int columns) {
    StringBuilder out = new StringBuilder();
    terminal(text, columns).codePoints().forEach(point -> out.append(latex(point)));
    return out.toString();
  }

  private static String latex(int point) {
    return switch (point) {
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      // A bracket after a line's end would be that line's argument.
      case '[', ']' -> "{" + (char) point + "}";
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) point;
      case '\u2013' -> "--";
      case '\u2026' -> "\\ldots{}";
      default -> point < 0x180 ? Character.toString(point) : "?";
    };
  }

  /** Columns that a terminal needs. */
  public static int width(String text) {
    return text.codePoints().map(SafeText::width).sum();
  }

  private static int width(int point) {
    if (isMark(point)) {
      return 0;
    }
    // Hangul, kana, ideographs, full-width forms and emoji take two columns on nearly all
    // terminals.
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  private static String clean(String text, int mostCharacters, boolean anyScript) {
    // Normalising 10,000 combining marks is slow, and nobody would see them.
    String head = text.length() > mostCharacters ? text.substring(0, mostCharacters) : text;
    String normal = Normalizer.normalize(head, Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(normal.length());
    int marks = 0;
    for (int i = 0; i < normal.length(); ) {
      int point = normal.codePointAt(i);
      i += Character.charCount(point);
      if (isMark(point)) {
        if (++marks <= MARKS_IN_A_ROW && !out.isEmpty()) {
          out.appendCodePoint(point);
        }
        continue;
      }
      marks = 0;
      out.appendCodePoint(
          isHarmful(point) || (!anyScript && isRightToLeft(point))
              ? REPLACEMENT
              : isSpace(point) ? ' ' : point);
    }
    return out.toString();
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSpace(int point) {
    return Character.getType(point) == Character.SPACE_SEPARATOR;
  }

  private static boolean isHarmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A right-to-left letter moves the numbers beside it, so a row could read as another's. */
  private static boolean isRightToLeft(int point) {
    byte direction = Character.getDirectionality(point);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
