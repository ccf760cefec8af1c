package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.List;

/**
 * A section's table as texts, for those who lay it out themselves: the same digits as in every
 * other form.
 *
 * @param headings of the columns after the names
 * @param lines in the section's order
 */
public record PlainTable(List<String> headings, List<Line> lines) {

  /**
   * One row.
   *
   * @param marks words beside the name that nobody may overlook
   * @param cells one per heading
   */
  public record Line(BoardRow row, List<String> marks, List<String> cells) {
    public Line {
      marks = List.copyOf(marks);
      cells = List.copyOf(cells);
    }
  }

  /**
   * A sentence below a table.
   *
   * @param about what it is about, a word or two
   * @param warns whether a reader who misses it would be misled
   */
  public record Remark(String about, String text, boolean warns) {}

  public PlainTable {
    headings = List.copyOf(headings);
    lines = List.copyOf(lines);
  }

  /** The columns asked for; without any, those that tell something of this board. */
  public static PlainTable of(Board board, BoardSection section, List<Column> columns) {
    Layout layout = Layout.of(board, TableRequest.USUAL);
    return of(section, layout.fields(columns.isEmpty() ? usual(layout) : columns));
  }

  /** Accuracy within every round budget that the section's grid holds. */
  public static PlainTable within(Board board, BoardSection section) {
    List<Double> budgets = new ArrayList<>();
    for (int g = 0; g < section.grid().size(); g++) {
      if (Budgets.round().contains(section.grid().at(g))) {
        budgets.add(section.grid().at(g));
      }
    }
    Layout layout = new Layout(board, TableRequest.USUAL, budgets);
    return of(section, layout.fields(List.of(Column.WITHIN, Column.ACCURACY)));
  }

  private static PlainTable of(BoardSection section, List<Field> fields) {
    return new PlainTable(
        fields.stream().map(Field::heading).toList(),
        section.rows().stream()
            .map(
                row ->
                    new Line(
                        row, Marks.of(row), fields.stream().map(field -> field.text(row)).toList()))
            .toList());
  }

  private static List<Column> usual(Layout layout) {
    List<Column> columns = new ArrayList<>(layout.columns());
    columns.remove(Column.BAR);
    columns.add(columns.indexOf(Column.MEDIAN) + 1, Column.P90);
    return columns;
  }

  /** All remarks on a board's usual columns; names in them are safe wherever they stand. */
  public static List<Remark> remarks(Board board) {
    Layout layout = Layout.of(board, TableRequest.USUAL);
    return Notes.of(layout, usual(layout), SafeText::terminal).stream()
        .map(note -> new Remark(note.about(), note.text(), note.warns()))
        .toList();
  }

  /** A share as tables show it. */
  public static String percent(double share) {
    return Shown.percent(Shown.known(share));
  }

  /** Seconds as tables show them. */
  public static String seconds(double seconds) {
    return Shown.seconds(Shown.known(seconds));
  }
}
