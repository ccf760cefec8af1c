package dev.pacebench.leaderboard.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for labels beside their points: no label covers another one or a symbol, and lines
 * only where nothing else is left. What finds no place is for a legend.
 */
final class Labels {

  private static final double[] DISTANCES = {11, 20, 32, 48, 68};
  private static final double LEADER_FROM = 20;
  private static final int ROUNDS = 4;
  private static final double FORBIDDEN = 1e9;

  private final Box area;
  private final List<Box> symbols;
  private final List<Box> lines;

  /**
   * What must not be covered.
   *
   * @param area that labels stay within
   * @param symbols never covered
   * @param lines covered rather than not labelling at all
   */
  Labels(Box area, List<Box> symbols, List<Box> lines) {
    this.area = area;
    this.symbols = List.copyOf(symbols);
    this.lines = List.copyOf(lines);
  }

  /** A point that wants a label of a size. */
  record Wish(double x, double y, double width, double height) {}

  /**
   * Where a label stands.
   *
   * @param leader whether a line should lead there from the point
   */
  record Place(Box box, boolean leader) {}

  private record Choice(Place place, double cost) {}

  /** A place for each wish, empty where there is none. */
  List<Optional<Place>> places(List<Wish> wishes) {
    Choice[] chosen = new Choice[wishes.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = best(wishes.get(i), chosen, i);
      }
    }
    return Arrays.stream(chosen)
        .map(choice -> Optional.of(choice.place()).filter(it -> choice.cost() < FORBIDDEN))
        .toList();
  }

  private Choice best(Wish wish, @Nullable Choice[] others, int self) {
    Choice best = new Choice(new Place(area, false), 2 * FORBIDDEN);
    for (int ring = 0; ring < DISTANCES.length; ring++) {
      for (int side = 0; side < 8; side++) {
        Box box = beside(wish, DISTANCES[ring], side);
        double cost = 60 * ring * ring + 8 * side + cost(box, others, self);
        if (cost < best.cost()) {
          best = new Choice(new Place(box, DISTANCES[ring] > LEADER_FROM), cost);
        }
      }
    }
    return best;
  }

  /** To the right, left, then the corners, then above and below. */
  private static Box beside(Wish wish, double distance, int side) {
    double across = wish.width() / 2;
    double up = wish.height() / 2;
    double slant = 0.72 * distance;
    return switch (side) {
      case 0 -> Box.around(wish.x() + distance + across, wish.y(), across, up);
      case 1 -> Box.around(wish.x() - distance - across, wish.y(), across, up);
      case 2 -> Box.around(wish.x() + slant + across, wish.y() - slant - up, across, up);
      case 3 -> Box.around(wish.x() + slant + across, wish.y() + slant + up, across, up);
      case 4 -> Box.around(wish.x() - slant - across, wish.y() - slant - up, across, up);
      case 5 -> Box.around(wish.x() - slant - across, wish.y() + slant + up, across, up);
      case 6 -> Box.around(wish.x(), wish.y() - distance - up, across, up);
      default -> Box.around(wish.x(), wish.y() + distance + up, across, up);
    };
  }

  private double cost(Box box, @Nullable Choice[] others, int self) {
    if (!area.holds(box)) {
      return FORBIDDEN;
    }
    Box wide = box.grown(1);
    if (symbols.stream().anyMatch(wide::touches)) {
      return FORBIDDEN;
    }
    for (int i = 0; i < others.length; i++) {
      Choice other = others[i];
      if (i != self
          && other != null
          && other.cost() < FORBIDDEN
          && wide.touches(other.place().box())) {
        return FORBIDDEN;
      }
    }
    return lines.stream().mapToDouble(line -> line.overlap(box)).sum();
  }
}
