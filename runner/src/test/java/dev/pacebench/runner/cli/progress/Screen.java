package dev.pacebench.runner.cli.progress;

import java.util.ArrayList;
import java.util.List;

/** A terminal's screen, as far as the live view uses one. */
final class Screen {

  private final int columns;
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  Screen(int columns) {
    this.columns = columns;
  }

  void write(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        escape(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else if (c == '\n') {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (c == '\r') {
        column = 0;
      } else {
        put(c);
      }
    }
  }

  private void put(char c) {
    if (column >= columns) {
      throw new AssertionError("a line is wider than the terminal");
    }
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }

  private void escape(String arguments, char command) {
    switch (command) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(arguments));
      case 'K' -> cut(lines.get(row), column);
      case 'J' -> {
        cut(lines.get(row), column);
        while (lines.size() > row + 1) {
          lines.remove(lines.size() - 1);
        }
      }
      case 'h', 'l' -> {}
      default -> throw new AssertionError("unknown escape " + command);
    }
  }

  private static void cut(StringBuilder line, int length) {
    line.setLength(Math.min(line.length(), length));
  }

  String text() {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> out.append(line).append('\n'));
    // The cursor's own empty line at the end is none of the text.
    return out.substring(0, out.length() - 1);
  }
}
