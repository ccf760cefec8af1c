package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table for a terminal or a file of text: one block per task set, notes below. */
final class TextTable {

  private static final int NARROWEST_NAME = 16;
  private static final int WIDEST_NAME = 40;

  private Layout layout;
  private final Look look;

  private TextTable(Layout layout, Look look) {
    this.layout = layout;
    this.look = look;
  }

  static String render(Layout layout, Look look) {
    return new TextTable(layout, look).render();
  }

  private String render() {
    StringBuilder out = new StringBuilder();
    List<Column> columns = new ArrayList<>(layout.columns());
    if (!look.bars()) {
      columns.remove(Column.BAR);
    }
    int name = WIDEST_NAME;
    if (!layout.request().isExplicit()) {
      columns = fitting(columns);
      int width = width(columns, name);
      if (width > look.columns()) {
        name = Math.max(NARROWEST_NAME, longestName() - (width - look.columns()));
      }
    }
    int widest = name;
    List<Column> shown = columns;
    layout.taskSets().forEach((set, sections) -> block(out, set, sections, shown, widest));
    if (layout.board().rows().isEmpty()) {
      out.append("No trials.\n\n");
    }
    notes(out, columns);
    return out.toString();
  }

  /**
   * As many of the columns as there is room for: what tells least goes first, and what a table is
   * for stays.
   */
  private List<Column> fitting(List<Column> wanted) {
    List<Column> columns = new ArrayList<>(wanted);
    List<Runnable> sacrifices =
        List.of(
            () -> columns.remove(Column.VERIFIED),
            () -> columns.remove(Column.IF_FAILED),
            () -> columns.remove(Column.BAR),
            () -> layout = layout.withBudgets(2),
            () -> columns.remove(Column.SOLVED),
            () -> columns.remove(Column.WITHIN));
    for (Runnable sacrifice : sacrifices) {
      if (width(columns, WIDEST_NAME) <= look.columns()) {
        break;
      }
      sacrifice.run();
    }
    return columns;
  }

  private int width(List<Column> columns, int name) {
    return layout.taskSets().values().stream()
        .mapToInt(sections -> grid(sections, columns, name).width())
        .max()
        .orElse(0);
  }

  private int longestName() {
    int longest =
        layout.board().rows().stream()
            .mapToInt(row -> Width.of(name(row, List.of(), WIDEST_NAME)))
            .max()
            .orElse(0);
    return Math.min(WIDEST_NAME, longest);
  }

  private void block(
      StringBuilder out,
      String set,
      List<BoardSection> sections,
      List<Column> columns,
      int widestName) {
    out.append(bold("Task set " + SafeText.terminal(set, 60))).append(size(sections)).append('\n');
    grid(sections, columns, widestName).print(out);
    out.append('\n');
  }

  /** What every row's figures rest on, when it is the same for all. */
  private String size(List<BoardSection> sections) {
    int tasks = sections.stream().mapToInt(BoardSection::tasks).sum();
    Set<Integer> trials =
        sections.stream()
            .flatMap(section -> section.rows().stream())
            .map(row -> row.row().trials())
            .collect(Collectors.toSet());
    String each =
        trials.size() == 1 && sections.size() == 1
            ? ", " + Shown.plural(trials.iterator().next(), "trial") + " each"
            : "";
    String groups = layout.grouped() ? ", by " + layout.board().grouping().word() : "";
    return look.text(" · " + Shown.plural(tasks, "task") + each + groups);
  }

  private TextGrid grid(List<BoardSection> sections, List<Column> wanted, int widestName) {
    List<Column> columns = new ArrayList<>(wanted);
    boolean ranked = columns.remove(Column.RANK);
    List<BoardRow> all = sections.stream().flatMap(section -> section.rows().stream()).toList();
    List<String> shared = Marks.shared(all);
    List<TextGrid.Head> heads = new ArrayList<>();
    List<Field> first = ranked ? layout.fields(List.of(Column.RANK)) : List.of();
    List<Field> rest = layout.fields(columns);
    first.forEach(field -> heads.add(new TextGrid.Head("", field.name(), true, "")));
    heads.add(new TextGrid.Head("", "contender" + Marks.suffix(shared), true, ""));
    rest.forEach(
        field -> heads.add(new TextGrid.Head(field.over(), field.name(), false, field.style())));
    TextGrid grid = new TextGrid(heads, first.size() + 1, look);
    for (BoardSection section : sections) {
      section
          .group()
          .ifPresent(
              group ->
                  grid.label(
                      TextGrid.BOLD,
                      SafeText.terminal(group, 60)
                          + (section.tasks() == 1
                              ? ""
                              : " · " + Shown.plural(section.tasks(), "task"))));
      for (BoardRow row : layout.rows(section)) {
        List<TextGrid.Cell> cells = new ArrayList<>();
        first.forEach(field -> cells.add(field.cell().apply(row)));
        cells.add(TextGrid.Cell.of(name(row, shared, widestName)));
        rest.forEach(field -> cells.add(field.cell().apply(row)));
        grid.row(row.greyed() ? TextGrid.DIM : "", safe(cells));
      }
    }
    return grid;
  }

  /** Marks are never cut. */
  private static String name(BoardRow row, Collection<String> shared, int widest) {
    List<String> marks = new ArrayList<>(Marks.of(row));
    marks.removeAll(shared);
    String suffix = Marks.suffix(marks);
    return SafeText.terminal(row.name(), Math.max(8, widest - Width.of(suffix))) + suffix;
  }

  private static List<TextGrid.Cell> safe(List<TextGrid.Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.bar().isPresent()
                    ? cell
                    : TextGrid.Cell.of(SafeText.terminal(cell.text(), WIDEST_NAME)))
        .toList();
  }

  private void notes(StringBuilder out, List<Column> columns) {
    List<Note> notes = Notes.of(layout, columns, SafeText::terminal);
    int indent = 2 + notes.stream().mapToInt(note -> Width.of(note.about())).max().orElse(0);
    for (Note note : notes) {
      StringBuilder lines = new StringBuilder();
      Width.wrap(lines, " ".repeat(indent), look.text(note.text()), look.columns());
      String about = look.text(Width.left(note.about(), indent));
      out.append(styled(about, note.warns() ? TextGrid.YELLOW : TextGrid.DIM))
          .append(styled(lines.substring(indent).stripTrailing(), note.warns() ? "" : TextGrid.DIM))
          .append('\n');
    }
  }

  private String bold(String text) {
    return styled(look.text(text), TextGrid.BOLD);
  }

  private String styled(String text, String style) {
    return look.colour() && !style.isEmpty() ? style + text + "\u001b[0m" : text;
  }
}
