package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * Guesses how wide text will be, as nobody can know which font it will be set in; rather too wide
 * than too narrow.
 */
final class Letters {

  private static final int WIDEST_NAME = 32;
  private static final int WHOLE_NAME = 1_000;

  /** Widths in thousandths of the size, from the space on; those of Arial and its like. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private static final double OTHER_FONTS = 1.15;

  private Letters() {}

  static double width(String text, double size) {
    return text.codePoints().mapToDouble(Letters::em).sum() * size * OTHER_FONTS;
  }

  private static double em(int point) {
    if (point >= ' ' && point - ' ' < WIDTHS.length) {
      return WIDTHS[point - ' '] / 1000.0;
    }
    return SafeText.width(Character.toString(point)) == 2 ? 1.1 : 0.65;
  }

  /** As much as there is room for, with an ellipsis where something was cut. */
  static String cut(String text, double width, double size) {
    if (width(text, size) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", size) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  /** A name as a chart shows it. */
  static String shortName(String name) {
    return SafeText.terminal(name, WIDEST_NAME);
  }

  /** A name as a hint tells it. */
  static String wholeName(String name) {
    return SafeText.terminal(name, WHOLE_NAME);
  }

  /** Lines no wider than that, broken at spaces. */
  static List<String> wrap(String sentence, double width, double size) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && width(line + " " + word, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
