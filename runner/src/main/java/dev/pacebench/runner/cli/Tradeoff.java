package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.Curve;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in a sentence or two what a comparison of a fast and an accurate contender comes to. */
final class Tradeoff {

  private Tradeoff() {}

  /** Nothing unless there is one section in which two contenders solved something. */
  static Optional<String> sentence(Board board) {
    if (board.sections().size() != 1) {
      return Optional.empty();
    }
    List<BoardRow> rows =
        board.rows().stream()
            .filter(row -> median(row) < Double.POSITIVE_INFINITY)
            .filter(row -> row.row().accuracy().isPresent())
            .toList();
    if (rows.size() < 2) {
      return Optional.empty();
    }
    BoardRow fast = rows.stream().min(Comparator.comparingDouble(Tradeoff::median)).orElseThrow();
    BoardRow best = rows.stream().max(Comparator.comparingDouble(Tradeoff::accuracy)).orElseThrow();
    if (accuracy(fast) == accuracy(best)) {
      return Optional.of(name(fast) + " was the fastest, and none was more accurate.");
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s solved %.0f %% with a median of %.1f s; %s solved %.0f %% with %.1f s.%s",
            name(fast),
            100 * accuracy(fast),
            median(fast),
            name(best),
            100 * accuracy(best),
            median(best),
            lead(fast.curve(), best.curve())));
  }

  /** Until when the fast one had solved more, where that was so at first and then no more. */
  private static String lead(Curve fast, Curve best) {
    int last = -1;
    for (int i = 0; i < Math.min(fast.size(), best.size()); i++) {
      if (fast.accuracy(i) > best.accuracy(i)) {
        last = i;
      } else if (fast.accuracy(i) < best.accuracy(i)) {
        break;
      }
    }
    return last < 0
        ? ""
        : String.format(
            Locale.ROOT, " Up to about %.0f s the former had solved more.", fast.seconds(last));
  }

  private static double median(BoardRow row) {
    return row.times().medianSolved().orElse(Double.POSITIVE_INFINITY);
  }

  private static double accuracy(BoardRow row) {
    return row.row().accuracy().orElse(0);
  }

  private static String name(BoardRow row) {
    return Cli.safe(row.name(), 40);
  }
}
