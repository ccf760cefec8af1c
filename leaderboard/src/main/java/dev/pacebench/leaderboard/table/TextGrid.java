package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines of a table in columns; columns that do not fit beside the others follow below, with the
 * first ones repeated.
 */
final class TextGrid {

  private static final String GAP = "  ";
  private static final String PLAIN = "\u001b[0m";
  static final String DIM = "\u001b[2m";
  static final String BOLD = "\u001b[1m";
  static final String CYAN = "\u001b[36m";
  static final String YELLOW = "\u001b[33m";

  /**
   * A column's heading.
   *
   * @param over a heading over this one and those beside it that share it; empty for none
   * @param name heading; empty for drawings, which have a scale instead
   * @param left whether cells stand at the left
   * @param style of its cells
   */
  record Head(String over, String name, boolean left, String style) {}

  /** A cell: text, or a drawing when there is a bar. */
  record Cell(String text, java.util.Optional<Bar> bar) {
    static Cell of(String text) {
      return new Cell(text, java.util.Optional.empty());
    }

    static Cell of(Bar bar) {
      return new Cell("", java.util.Optional.of(bar));
    }
  }

  private record Line(String style, List<Cell> cells, String label) {}

  private final List<Head> heads;
  private final int fixed;
  private final Look look;
  private final List<Line> lines = new ArrayList<>();

  /**
   * An empty grid.
   *
   * @param fixed how many of the first columns are repeated beside those that follow below
   */
  TextGrid(List<Head> heads, int fixed, Look look) {
    this.heads = List.copyOf(heads);
    this.fixed = fixed;
    this.look = look;
  }

  void row(String style, List<Cell> cells) {
    lines.add(new Line(style, List.copyOf(cells), ""));
  }

  /** A line of text above the rows that follow. */
  void label(String style, String text) {
    lines.add(new Line(style, List.of(), text));
  }

  /** Columns that the grid needs beside one another, drawings at their narrowest. */
  int width() {
    int[] widths = widths();
    return IntStream.range(0, widths.length).map(i -> widths[i] + (i > 0 ? 2 : 0)).sum();
  }

  void print(StringBuilder out) {
    int[] widths = widths();
    List<Integer> block = new ArrayList<>(IntStream.range(0, fixed).boxed().toList());
    int start = 0;
    for (int i = 0; i < fixed; i++) {
      start += widths[i] + (i > 0 ? GAP.length() : 0);
    }
    int used = start;
    for (int i = fixed; i < widths.length; i++) {
      int more = GAP.length() + widths[i];
      if (used + more > look.columns() && block.size() > fixed) {
        print(out, block, widths, used);
        out.append('\n');
        block = new ArrayList<>(block.subList(0, fixed));
        used = start;
      }
      block.add(i);
      used += more;
    }
    print(out, block, widths, used);
  }

  private void print(StringBuilder out, List<Integer> block, int[] narrowest, int used) {
    int[] widths = narrowest.clone();
    int room = look.columns() - used;
    for (int i : block) {
      if (drawn(i)) {
        int more = Math.max(0, Math.min(room, Bar.WIDEST - widths[i]));
        widths[i] += more;
        room -= more;
      }
    }
    headings(out, block, widths);
    for (Line line : lines) {
      if (!line.label.isEmpty()) {
        out.append(styled(look.text(line.label), line.style)).append('\n');
        continue;
      }
      StringBuilder text = new StringBuilder();
      for (int i : block) {
        Cell cell = line.cells.get(i);
        String shown = look.text(cell.bar.isPresent() ? cell.bar.get().draw(widths[i]) : cell.text);
        String filled =
            heads.get(i).left ? Width.left(shown, widths[i]) : Width.right(shown, widths[i]);
        boolean last = i == block.get(block.size() - 1);
        String style = line.style.isEmpty() ? heads.get(i).style : line.style;
        text.append(text.isEmpty() ? "" : GAP)
            .append(styled(last ? filled.stripTrailing() : filled, style));
      }
      out.append(text).append('\n');
    }
  }

  private void headings(StringBuilder out, List<Integer> block, int[] widths) {
    StringBuilder over = new StringBuilder();
    StringBuilder names = new StringBuilder();
    int at = 0;
    int overEnd = 0;
    for (int n = 0; n < block.size(); n++) {
      int i = block.get(n);
      Head head = heads.get(i);
      String name = drawn(i) ? Bar.scale(widths[i]) : head.name;
      at += n > 0 ? GAP.length() : 0;
      names.append(n > 0 ? GAP : "");
      names.append(head.left ? Width.left(name, widths[i]) : Width.right(name, widths[i]));
      at += widths[i];
      boolean ends = n == block.size() - 1 || !heads.get(block.get(n + 1)).over.equals(head.over);
      if (ends && !head.over.isEmpty()) {
        int from = overEnd > 0 ? overEnd + 1 : 0;
        String shown = SafeText.terminal(head.over, at - from);
        over.append(" ".repeat(at - Width.of(shown) - overEnd)).append(shown);
        overEnd = Width.of(over.toString());
      }
    }
    if (!over.isEmpty()) {
      out.append(styled(look.text(over.toString()), BOLD)).append('\n');
    }
    out.append(styled(look.text(names.toString().stripTrailing()), BOLD)).append('\n');
  }

  private boolean drawn(int column) {
    return lines.stream()
        .anyMatch(line -> line.label.isEmpty() && line.cells.get(column).bar.isPresent());
  }

  private int[] widths() {
    int[] widths = new int[heads.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = drawn(i) ? Bar.NARROWEST : Width.of(heads.get(i).name);
      for (Line line : lines) {
        if (line.label.isEmpty()) {
          widths[i] = Math.max(widths[i], Width.of(line.cells.get(i).text));
        }
      }
      // A heading over a single column must have room.
      String over = heads.get(i).over;
      if (!over.isEmpty() && heads.stream().filter(head -> head.over.equals(over)).count() == 1) {
        widths[i] = Math.max(widths[i], Width.of(over));
      }
    }
    return widths;
  }

  private String styled(String text, String style) {
    return look.colour() && !style.isEmpty() && !text.isEmpty() ? style + text + PLAIN : text;
  }
}
