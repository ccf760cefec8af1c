package dev.pacebench.leaderboard.table;

/**
 * What a table in text may use of the place that it is shown in.
 *
 * @param columns widest line
 * @param colour whether terminal escapes may be used
 * @param unicode whether more than ASCII can be shown
 * @param bars whether intervals are drawn as well
 */
public record Look(int columns, boolean colour, boolean unicode, boolean bars) {

  /** Wide enough for a table, and still readable in a mail or beside a diff. */
  public static final int WIDEST = 100;

  /** Fewer columns hold no table. */
  private static final int NARROWEST = 50;

  /** For files, pipes and everything else of which nothing is known. */
  public static final Look PLAIN = new Look(WIDEST, false, true, false);

  public Look {
    columns = Math.max(NARROWEST, columns);
  }

  /** The text with every character replaced that cannot be shown; its width stays. */
  String text(String text) {
    if (unicode || text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '–', '─' -> out.append('-');
                case '…' -> out.append('~');
                case '×' -> out.append('x');
                case '≤' -> out.append('<');
                case '·' -> out.append('.');
                case '●' -> out.append('o');
                case '├' -> out.append('[');
                case '┤' -> out.append(']');
                default -> {
                  String shown = Character.toString(point);
                  out.append(point < 0x80 ? shown : "?".repeat(Width.of(shown)));
                }
              }
            });
    return out.toString();
  }
}
