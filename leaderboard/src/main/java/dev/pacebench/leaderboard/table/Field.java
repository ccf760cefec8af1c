package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.BoardRow;
import java.util.function.Function;

/**
 * One column of figures.
 *
 * @param over heading that it shares with those beside it; empty for none
 * @param name its own heading
 * @param style of its cells on a terminal
 * @param cell what stands in a row
 */
record Field(String over, String name, String style, Function<BoardRow, TextGrid.Cell> cell) {

  static Field of(String name, Function<BoardRow, String> text) {
    return under("", name, text);
  }

  static Field under(String over, String name, Function<BoardRow, String> text) {
    return new Field(over, name, "", row -> TextGrid.Cell.of(text.apply(row)));
  }

  /** Both headings in one, for tables with a single line of them. */
  String heading() {
    return over.isEmpty() ? name : over + " " + name;
  }

  String text(BoardRow row) {
    return cell.apply(row).text();
  }
}
