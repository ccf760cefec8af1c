package dev.pacebench.leaderboard.table;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A share and its interval drawn on a scale from 0 to 100 % that all rows have in common.
 *
 * @param value where the mark stands; nothing is drawn without
 * @param lo where the line begins; absent without an interval
 * @param hi where it ends
 */
record Bar(OptionalDouble value, OptionalDouble lo, OptionalDouble hi) {

  /** Below this many columns a drawing tells less than its figures. */
  static final int NARROWEST = 13;

  static final int WIDEST = 25;

  /** The drawing, exactly as wide as asked for; dots stand at every quarter. */
  String draw(int width) {
    char[] line = new char[width];
    Arrays.fill(line, ' ');
    for (int quarter = 0; quarter <= 4; quarter++) {
      line[column(quarter / 4.0, width)] = '·';
    }
    if (value.isPresent()) {
      if (lo.isPresent() && hi.isPresent()) {
        int from = column(lo.getAsDouble(), width);
        int to = column(hi.getAsDouble(), width);
        Arrays.fill(line, from, to + 1, '─');
        line[from] = '├';
        line[to] = '┤';
      }
      line[column(value.getAsDouble(), width)] = '●';
    }
    return new String(line);
  }

  /** The heading over drawings of a width. */
  static String scale(int width) {
    return "0" + Width.right("100 %", width - 1);
  }

  private static int column(double share, int width) {
    double clipped = Math.min(1, Math.max(0, share));
    return (int) Math.round(clipped * (width - 1));
  }
}
