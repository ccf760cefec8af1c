package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: at most 100 columns, one block per task set, notes below. */
final class TextTable {

  static final int COLUMNS = 100;
  private static final int NARROWEST_NAME = 16;
  private static final int NAME_IN_NOTE = 32;
  private static final String GAP = "  ";
  private static final String SIMULATED = " (simulated)";
  private static final String DIM = "\u001b[2m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private TextTable() {}

  static String render(ResultTable table, boolean colour) {
    StringBuilder out = new StringBuilder();
    for (String set : table.taskSets()) {
      out.append("Task set ").append(SafeText.terminal(set, 60)).append('\n');
      List<TableRow> rows = table.rows().stream().filter(row -> row.taskSet().equals(set)).toList();
      block(out, rows, colour);
      out.append('\n');
    }
    if (table.rows().isEmpty()) {
      out.append("No trials.\n\n");
    }
    for (String note : Notes.of(table, text -> SafeText.terminal(text, NAME_IN_NOTE))) {
      wrap(out, note);
    }
    return out.toString();
  }

  private static void block(StringBuilder out, List<TableRow> rows, boolean colour) {
    boolean lost = rows.stream().anyMatch(row -> row.lost() > 0);
    List<List<String>> cells = new ArrayList<>();
    cells.add(heading(lost));
    rows.forEach(row -> cells.add(figures(row, lost)));
    int[] widths = new int[cells.get(0).size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], SafeText.width(line.get(i)));
      }
    }
    int figures = 0;
    for (int width : widths) {
      figures += GAP.length() + width;
    }
    int room = Math.max(NARROWEST_NAME, COLUMNS - figures);
    List<String> names = new ArrayList<>();
    names.add("contender");
    rows.forEach(row -> names.add(name(row, room)));
    int nameWidth = names.stream().mapToInt(SafeText::width).max().orElse(0);
    for (int line = 0; line < cells.size(); line++) {
      String style = line == 0 ? BOLD : rows.get(line - 1).greyed() ? DIM : "";
      String before = colour ? style : "";
      out.append(before).append(names.get(line)).append(pad(names.get(line), nameWidth));
      for (int i = 0; i < widths.length; i++) {
        String cell = cells.get(line).get(i);
        out.append(GAP).append(pad(cell, widths[i])).append(cell);
      }
      out.append(before.isEmpty() ? "" : PLAIN).append('\n');
    }
  }

  private static List<String> heading(boolean lost) {
    List<String> heading = new ArrayList<>(List.of("accuracy", "95 %", "solved", "lost"));
    if (lost) {
      heading.add("if failed");
    }
    heading.addAll(List.of("median s", "verified"));
    return heading;
  }

  private static List<String> figures(TableRow row, boolean lost) {
    List<String> figures = new ArrayList<>();
    figures.add(Shown.percent(row.accuracy()));
    figures.add(Shown.interval(row.interval()));
    figures.add(Shown.solved(row));
    figures.add(Integer.toString(row.lost()));
    if (lost) {
      figures.add(Shown.percent(row.accuracyIfLostFailed()));
    }
    figures.add(Shown.seconds(row.medianSeconds()));
    figures.add(SafeText.terminal(row.verification().orElse(Shown.ABSENT), 8));
    return figures;
  }

  private static String name(TableRow row, int room) {
    if (!row.simulated()) {
      return SafeText.terminal(row.name(), room);
    }
    return SafeText.terminal(row.name(), room - SIMULATED.length()) + SIMULATED;
  }

  private static String pad(String text, int width) {
    return " ".repeat(Math.max(0, width - SafeText.width(text)));
  }

  private static void wrap(StringBuilder out, String note) {
    int used = 0;
    for (String word : note.split(" ", -1)) {
      int width = SafeText.width(word);
      if (used > 0 && used + 1 + width > COLUMNS) {
        out.append("\n  ");
        used = 2;
      } else if (used > 0) {
        out.append(' ');
        used++;
      }
      out.append(word);
      used += width;
    }
    out.append('\n');
  }
}
