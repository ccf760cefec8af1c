package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, notes as a list below. */
final class MarkdownTable {

  private static final int WIDEST_NAME = 80;

  private MarkdownTable() {}

  static String render(Layout layout) {
    List<Column> columns = new ArrayList<>(layout.columns());
    columns.remove(Column.BAR);
    List<Field> fields = layout.fields(columns);
    StringBuilder out = new StringBuilder("| task set |");
    StringBuilder rule = new StringBuilder("|---|");
    if (layout.grouped()) {
      out.append(' ').append(layout.board().grouping().word()).append(" |");
      rule.append("---|");
    }
    out.append(" contender |");
    rule.append("---|");
    for (Field field : fields) {
      out.append(' ').append(field.heading().replace("^", "\\^")).append(" |");
      rule.append("--:|");
    }
    out.append('\n').append(rule).append('\n');
    for (BoardSection section : layout.sections()) {
      for (BoardRow row : layout.rows(section)) {
        out.append("| ").append(safe(section.taskSet())).append(" |");
        if (layout.grouped()) {
          out.append(' ').append(safe(section.group().orElse(""))).append(" |");
        }
        String name = safe(row.name()) + Marks.suffix(Marks.of(row));
        out.append(' ').append(row.greyed() ? "<sub>" + name + "</sub>" : name).append(" |");
        for (Field field : fields) {
          out.append(' ').append(safe(field.text(row))).append(" |");
        }
        out.append('\n');
      }
    }
    out.append('\n');
    for (Note note : Notes.of(layout, columns, SafeText::markdown)) {
      out.append("- ")
          .append(note.warns() ? "**" + note.about() + "**" : safe(note.about()))
          .append(": ")
          .append(note.text().replace("pass^k", "pass\\^k"))
          .append('\n');
    }
    return out.toString();
  }

  private static String safe(String text) {
    return SafeText.markdown(text, WIDEST_NAME);
  }
}
