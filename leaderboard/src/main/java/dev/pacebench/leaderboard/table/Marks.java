package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.BoardRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** The words beside a contender's name that nobody may overlook. */
final class Marks {

  private Marks() {}

  /** All marks of a row. */
  static List<String> of(BoardRow row) {
    List<String> marks = new ArrayList<>(origin(row));
    if (row.greyed()) {
      marks.add("greyed");
    }
    return marks;
  }

  /** Whether a row was simulated or estimated. */
  private static List<String> origin(BoardRow row) {
    List<String> marks = new ArrayList<>();
    add(marks, row, BoardRow::simulated, "simulated");
    add(marks, row, BoardRow::estimated, "estimated");
    return marks;
  }

  /** Marks of origin that all rows bear, which may then stand in a heading in their place. */
  static List<String> shared(Collection<BoardRow> rows) {
    List<String> shared = new ArrayList<>(List.of("simulated", "estimated"));
    rows.forEach(row -> shared.retainAll(origin(row)));
    return rows.isEmpty() ? List.of() : shared;
  }

  /** In brackets after a space; empty without marks. */
  static String suffix(List<String> marks) {
    return marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")";
  }

  private static void add(List<String> marks, BoardRow row, Predicate<BoardRow> when, String mark) {
    if (when.test(row)) {
      marks.add(mark);
    }
  }
}
