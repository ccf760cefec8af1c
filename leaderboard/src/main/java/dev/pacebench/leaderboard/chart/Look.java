package dev.pacebench.leaderboard.chart;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What tells one contender's marks from another's: a colour, and besides it a symbol and a dash,
 * for those who see no colours and for print.
 *
 * <p>Numbered by the order of names, so that a contender looks alike in all charts of its section.
 * The page's script numbers in the same way.
 *
 * @param index from 0
 */
record Look(int index) {

  /** Corners of symbols of size 1 around the middle; a circle has none. */
  private static final List<double[]> SYMBOLS =
      List.of(
          new double[0],
          new double[] {-0.87, -0.87, 0.87, -0.87, 0.87, 0.87, -0.87, 0.87},
          new double[] {0, -1.25, 1.12, 0.78, -1.12, 0.78},
          new double[] {0, -1.3, 1.05, 0, 0, 1.3, -1.05, 0},
          arms(4, 0.4, 1.15, 0),
          star(),
          arms(3, 0.4, 1.25, Math.PI / 2));

  private static final List<String> DASHES = List.of("", "6 3", "2 2", "8 3 2 3", "12 4");

  /** Of a contender among those of its section. */
  static Look of(String name, Collection<String> names) {
    return new Look(new TreeSet<>(names).headSet(name).size());
  }

  Ink ink() {
    return Ink.series(index);
  }

  /** Stroke dashes; empty for a line without gaps. */
  String dash() {
    return DASHES.get(index % DASHES.size());
  }

  /** The outline of the symbol. */
  String path(double x, double y, double size) {
    double[] corners = SYMBOLS.get(index % SYMBOLS.size());
    if (corners.length == 0) {
      String r = Svg.number(size);
      String across = Svg.number(2 * size);
      return "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z"
          .formatted(Svg.number(x - size), Svg.number(y), r, r, across, r, r, across);
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L')
          .append(Svg.number(x + size * corners[i]))
          .append(' ')
          .append(Svg.number(y + size * corners[i + 1]));
    }
    return path.append('z').toString();
  }

  /** Bars from the middle outwards, the first of them in this direction. */
  private static double[] arms(int count, double halfWidth, double length, double direction) {
    double[] corners = new double[6 * count];
    double notch = halfWidth / Math.sin(Math.PI / count);
    for (int i = 0; i < count; i++) {
      double arm = direction + 2 * Math.PI * i / count;
      double between = arm + Math.PI / count;
      put(corners, 6 * i, Math.cos(arm), Math.sin(arm), length, -halfWidth);
      put(corners, 6 * i + 2, Math.cos(arm), Math.sin(arm), length, halfWidth);
      put(corners, 6 * i + 4, Math.cos(between), Math.sin(between), notch, 0);
    }
    return corners;
  }

  private static void put(
      double[] corners, int at, double cos, double sin, double along, double beside) {
    corners[at] = along * cos - beside * sin;
    corners[at + 1] = along * sin + beside * cos;
  }

  private static double[] star() {
    double[] corners = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.4 : 0.62;
      corners[2 * i] = radius * Math.sin(Math.PI * i / 5);
      corners[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
    }
    return corners;
  }
}
