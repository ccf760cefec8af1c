package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Round time budgets, and the three of them that a table shows.
 *
 * <p>Contenders of about the same pace are looked at after a fifth of the time that is typical of
 * them, after that time, and after six times as much: 1, 5 and 30 minutes, for instance. Otherwise
 * the budgets go from the pace of the fastest to that of the slowest. None is beyond the limits.
 */
public final class Budgets {

  private static final double[] ROUND = {
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400
  };
  private static final double SHORTER = 5;
  private static final double LONGER = 6;
  private static final double FAR_APART = 3;

  private Budgets() {}

  /** What a grid must hold for any table to choose from. */
  public static List<Double> round() {
    return Arrays.stream(ROUND).boxed().toList();
  }

  /** Up to three budgets, rising. */
  static List<Double> shown(Board board) {
    double longest =
        board.sections().stream().mapToDouble(BoardSection::longestLimit).max().orElse(0);
    TreeSet<Double> chosen = new TreeSet<>();
    for (double budget : wanted(board)) {
      if (budget <= longest && isHeld(board, budget)) {
        chosen.add(budget);
      }
    }
    return new ArrayList<>(chosen);
  }

  private static double[] wanted(Board board) {
    double[] medians =
        board.rows().stream()
            .flatMapToDouble(row -> row.times().medianSolved().stream())
            .sorted()
            .toArray();
    if (medians.length == 0) {
      return new double[] {60, 300, 1800};
    }
    double fastest = medians[0];
    double slowest = medians[medians.length - 1];
    if (slowest > FAR_APART * fastest) {
      double last = atLeast(slowest);
      return new double[] {nearest(fastest), nearest(Math.sqrt(fastest * last)), last};
    }
    double typical = nearest(medians[(medians.length - 1) / 2]);
    return new double[] {nearest(typical / SHORTER), typical, nearest(typical * LONGER)};
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

  private static double atLeast(double seconds) {
    return Arrays.stream(ROUND).filter(round -> round >= seconds).findFirst().orElse(seconds);
  }

  /** Whether some row has exactly this budget on its grid. */
  private static boolean isHeld(Board board, double seconds) {
    return board.rows().stream()
        .flatMap(row -> Fields.at(row, seconds).stream())
        .anyMatch(at -> at.seconds() == seconds);
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
