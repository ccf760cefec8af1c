package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A plain list in columns; every cell is made harmless and cut. */
final class Columns {

  private static final int WIDEST = 40;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... heading) {
    row(heading);
  }

  void row(String... cells) {
    rows.add(Arrays.stream(cells).map(cell -> SafeText.terminal(cell, WIDEST)).toList());
  }

  String text() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], SafeText.width(row.get(i)));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        line.append(" ".repeat(widths[i] - SafeText.width(row.get(i)))).append(GAP);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
