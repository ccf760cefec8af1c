package dev.pacebench.leaderboard;

/** A table in Markdown, notes as a list below. */
final class MarkdownTable {

  private static final int WIDEST_NAME = 80;

  private MarkdownTable() {}

  static String render(ResultTable table) {
    StringBuilder out = new StringBuilder();
    out.append(
        "| task set | contender | accuracy | 95 % | solved | lost | if failed | median s | verified |\n");
    out.append("|---|---|--:|--:|--:|--:|--:|--:|---|\n");
    for (TableRow row : table.rows()) {
      cell(out, safe(row.taskSet()));
      String name = safe(row.name()) + (row.simulated() ? " (simulated)" : "");
      cell(out, row.greyed() ? "<sub>" + name + " (greyed)</sub>" : name);
      cell(out, Shown.percent(row.accuracy()));
      cell(out, Shown.interval(row.interval()));
      cell(out, Shown.solved(row));
      cell(out, Integer.toString(row.lost()));
      cell(out, Shown.percent(row.accuracyIfLostFailed()));
      cell(out, Shown.seconds(row.medianSeconds()));
      cell(out, safe(row.verification().orElse(Shown.ABSENT)));
      out.append("|\n");
    }
    out.append('\n');
    Notes.of(table, MarkdownTable::safe)
        .forEach(note -> out.append("- ").append(note).append('\n'));
    return out.toString();
  }

  private static void cell(StringBuilder out, String text) {
    out.append("| ").append(text).append(' ');
  }

  private static String safe(String text) {
    return SafeText.markdown(text, WIDEST_NAME);
  }
}
