package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Round time budgets, and the three of them that a table shows.
 *
 * <p>With contenders that take minutes these are 1, 5 and 30 minutes; with quicker or slower ones
 * the same steps around the time that is typical of them, none beyond the limits.
 */
public final class Budgets {

  private static final double[] ROUND = {
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400
  };
  private static final double SHORTER = 5;
  private static final double LONGER = 6;

  private Budgets() {}

  /** What a grid must hold for any table to choose from. */
  public static List<Double> round() {
    return Arrays.stream(ROUND).boxed().toList();
  }

  /** Up to three budgets, rising, that every section of a board can tell something about. */
  static List<Double> shown(Board board) {
    double typical = typical(board);
    double longest =
        board.sections().stream().mapToDouble(BoardSection::longestLimit).max().orElse(0);
    TreeSet<Double> chosen = new TreeSet<>();
    for (double wanted : new double[] {typical / SHORTER, typical, typical * LONGER}) {
      double near = nearest(wanted);
      if (near <= longest && isHeld(board, near)) {
        chosen.add(near);
      }
    }
    return new ArrayList<>(chosen);
  }

  /** The round time nearest to the middle of the contenders' medians, else of 5 minutes. */
  private static double typical(Board board) {
    double[] medians =
        board.rows().stream()
            .flatMapToDouble(row -> row.times().medianSolved().stream())
            .sorted()
            .toArray();
    return medians.length == 0 ? 300 : nearest(medians[(medians.length - 1) / 2]);
  }

  private static double nearest(double seconds) {
    double best = ROUND[0];
    for (double round : ROUND) {
      if (Math.abs(Math.log(round / seconds)) < Math.abs(Math.log(best / seconds))) {
        best = round;
      }
    }
    return best;
  }

  /** Whether some row has exactly this budget on its grid. */
  private static boolean isHeld(Board board, double seconds) {
    return board.rows().stream().anyMatch(row -> holds(row, seconds));
  }

  private static boolean holds(BoardRow row, double seconds) {
    return row.accuracyAt(seconds).filter(at -> at.seconds() == seconds).isPresent();
  }

  /** As people say it: {@code 30 s}, {@code 5 min}, {@code 2 h}. */
  static String text(double seconds) {
    if (seconds >= 3600 && seconds % 3600 == 0) {
      return number(seconds / 3600) + " h";
    }
    if (seconds >= 60 && seconds % 60 == 0) {
      return number(seconds / 60) + " min";
    }
    return number(seconds) + " s";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Shown.significant(value);
  }
}
