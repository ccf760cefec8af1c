package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.Board;
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
  JSON,
  /** For a paper. */
  LATEX;

  /** As on the command line: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the form always has all figures, so that columns cannot be chosen. */
  public boolean isComplete() {
    return this == CSV || this == JSON;
  }

  /** Reads {@link #word()}. */
  public static Optional<TableFormat> ofWord(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /**
   * Writes a table; the text ends with a line feed.
   *
   * @param look what TEXT may use; the other forms are the same everywhere
   */
  public String render(Board board, TableRequest request, Look look) {
    Layout layout = Layout.of(board, request);
    return switch (this) {
      case TEXT -> TextTable.render(layout, look);
      case MARKDOWN -> MarkdownTable.render(layout);
      case CSV -> CsvTable.render(layout);
      case JSON -> JsonTable.render(layout);
      case LATEX -> LatexTable.render(layout);
    };
  }
}
