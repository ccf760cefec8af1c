package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.List;

/** A table for a paper: one {@code tabular} of booktabs, notes below in small print. */
final class LatexTable {

  private static final int WIDEST_NAME = 80;

  private LatexTable() {}

  static String render(Layout layout) {
    List<Column> columns = new ArrayList<>(layout.columns());
    columns.remove(Column.BAR);
    List<Field> fields = layout.fields(columns);
    int columnsWide = fields.size() + 1;
    StringBuilder out = new StringBuilder();
    out.append("% Needs \\usepackage{booktabs}; greyed rows need \\usepackage{xcolor}.\n");
    out.append("\\begin{tabular}{l").append("r".repeat(fields.size())).append("}\n\\toprule\n");
    out.append("contender");
    fields.forEach(field -> out.append(" & ").append(safe(field.heading())));
    out.append(" \\\\\n");
    layout
        .taskSets()
        .forEach(
            (set, sections) -> {
              title(
                  out,
                  columnsWide,
                  "task set "
                      + safe(set)
                      + (layout.grouped() ? ", by " + layout.board().grouping().word() : ""));
              for (BoardSection section : sections) {
                section.group().ifPresent(group -> title(out, columnsWide, safe(group)));
                layout.rows(section).forEach(row -> row(out, row, fields));
              }
            });
    out.append("\\bottomrule\n\\end{tabular}\n\n{\\footnotesize\n");
    for (Note note : Notes.of(layout, columns, (text, width) -> text)) {
      String about = safe(note.about());
      out.append(note.warns() ? "\\textbf{" + about + "}" : "\\textit{" + about + "}")
          .append(": ")
          .append(SafeText.latex(note.text(), 2_000))
          .append(".\\par\n");
    }
    return out.append("}\n").toString();
  }

  private static void title(StringBuilder out, int width, String text) {
    out.append("\\midrule\n\\multicolumn{")
        .append(width)
        .append("}{l}{\\textit{")
        .append(text)
        .append("}} \\\\\n");
  }

  private static void row(StringBuilder out, BoardRow row, List<Field> fields) {
    List<String> cells = new ArrayList<>();
    cells.add(safe(row.name()) + Marks.suffix(Marks.of(row)));
    fields.forEach(field -> cells.add(safe(field.text(row))));
    String before = row.greyed() ? "\\textcolor{gray}{" : "";
    String after = row.greyed() ? "}" : "";
    for (int i = 0; i < cells.size(); i++) {
      out.append(i > 0 ? " & " : "").append(before).append(cells.get(i)).append(after);
    }
    out.append(" \\\\\n");
  }

  private static String safe(String text) {
    return SafeText.latex(text, WIDEST_NAME);
  }
}
