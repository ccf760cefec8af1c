package dev.pacebench.leaderboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a table can be written. */
public enum TableFormat {
  /** For a terminal, at most 100 columns. */
  TEXT,
  /** For an issue or a README. */
  MARKDOWN,
  /** One line per row. */
  CSV,
  /** One object; a contract for programs. */
  JSON;

  /** As on the command line: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}. */
  public static Optional<TableFormat> ofWord(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /**
   * Writes a table; the text ends with a line feed.
   *
   * @param colour whether TEXT may use terminal escapes; the other forms never do
   */
  public String render(ResultTable table, boolean colour) {
    return switch (this) {
      case TEXT -> TextTable.render(table, colour);
      case MARKDOWN -> MarkdownTable.render(table);
      case CSV -> CsvTable.render(table);
      case JSON -> JsonTable.render(table);
    };
  }
}
