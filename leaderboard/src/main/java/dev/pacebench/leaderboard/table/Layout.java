package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.Grouping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a table shows and in which order, whatever form it is written in.
 *
 * @param board the figures
 * @param request what was asked for
 * @param budgets those of {@link Column#WITHIN}
 */
record Layout(Board board, TableRequest request, List<Double> budgets) {

  /** Words of difficulty that have an order of their own. */
  private static final List<String> DIFFICULTIES = List.of("easy", "medium", "hard");

  static Layout of(Board board, TableRequest request) {
    return new Layout(
        board,
        request,
        Budgets.shown(board).stream().filter(budget -> budget != request.at().orElse(-1)).toList());
  }

  List<Field> fields(List<Column> columns) {
    return new Fields(request.at(), budgets, attempts()).of(columns);
  }

  /** The same with fewer budgets: the longest ones stay. */
  Layout withBudgets(int most) {
    int size = budgets.size();
    return new Layout(board, request, budgets.subList(Math.max(0, size - most), size));
  }

  /** The largest k of pass@k, where all rows have the same. */
  private OptionalInt attempts() {
    int[] counts = board.rows().stream().mapToInt(row -> row.passAtK().size()).distinct().toArray();
    return counts.length == 1 && counts[0] > 0 ? OptionalInt.of(counts[0]) : OptionalInt.empty();
  }

  /** The columns asked for, else those that tell something here. */
  List<Column> columns() {
    if (request.isExplicit() && !request.besides()) {
      return request.columns();
    }
    Set<Column> columns = new LinkedHashSet<>(usual());
    columns.addAll(request.columns());
    return List.copyOf(columns);
  }

  private List<Column> usual() {
    List<Column> columns = new ArrayList<>();
    if (any(row -> row.ranks().isPresent())) {
      columns.add(Column.RANK);
    }
    boolean at = request.at().isPresent();
    columns.add(at ? Column.AT : Column.ACCURACY);
    columns.add(Column.BAR);
    if (any(row -> row.intervals().headline().isPresent())) {
      columns.add(Column.CI);
    }
    if (at) {
      columns.add(Column.ACCURACY);
    }
    columns.add(Column.SOLVED);
    if (any(row -> row.row().lost() > 0)) {
      columns.add(Column.LOST);
      columns.add(Column.IF_FAILED);
    }
    columns.addAll(List.of(Column.MEDIAN, Column.WITHIN, Column.VERIFIED));
    return columns;
  }

  private boolean any(Predicate<BoardRow> what) {
    return board.rows().stream().anyMatch(what);
  }

  /** Sections in order; those of a task set are beside each other. */
  List<BoardSection> sections() {
    List<BoardSection> sections = new ArrayList<>(board.sections());
    if (board.grouping() == Grouping.DIFFICULTY) {
      sections.sort(
          Comparator.comparing(BoardSection::taskSet)
              .thenComparingInt(section -> difficulty(section.group().orElse(""))));
    }
    return sections;
  }

  private static int difficulty(String word) {
    int known = DIFFICULTIES.indexOf(word);
    return known < 0 ? DIFFICULTIES.size() : known;
  }

  /** Sections by task set, in order. */
  Map<String, List<BoardSection>> taskSets() {
    Map<String, List<BoardSection>> sets = new LinkedHashMap<>();
    sections().forEach(it -> sets.computeIfAbsent(it.taskSet(), set -> new ArrayList<>()).add(it));
    return sets;
  }

  /** A section's rows: as the board has them, or by accuracy at the budget asked for. */
  List<BoardRow> rows(BoardSection section) {
    OptionalDouble at = request.at();
    if (at.isEmpty()) {
      return section.rows();
    }
    List<BoardRow> rows = new ArrayList<>(section.rows());
    rows.sort(
        Comparator.comparingDouble(
            (BoardRow row) -> -Fields.share(row, at.getAsDouble()).orElse(-1)));
    return rows;
  }

  /** Whether some section has a group. */
  boolean grouped() {
    return board.sections().stream().anyMatch(section -> section.group().isPresent());
  }
}
