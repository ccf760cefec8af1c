package dev.pacebench.leaderboard.board;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a board is computed.
 *
 * @param grouping what it is divided by
 * @param replicates bootstrap replicates
 * @param budgets times in seconds that the grid holds exactly where they lie within its ends
 */
public record BoardOptions(Grouping grouping, int replicates, List<Double> budgets) {

  /** For tables. */
  public static final BoardOptions TABLE =
      new BoardOptions(Grouping.NONE, 2_000, List.of(60.0, 300.0, 1800.0));

  /** For a page, which is looked at for longer. */
  public static final BoardOptions PAGE =
      new BoardOptions(Grouping.NONE, 10_000, List.of(60.0, 300.0, 1800.0));

  public BoardOptions {
    requireNonNull(grouping, "grouping is null");
    budgets = List.copyOf(budgets);
    if (replicates < 1) {
      throw new IllegalArgumentException("replicates count from 1, is " + replicates);
    }
    for (double budget : budgets) {
      if (!(budget > 0) || Double.isInfinite(budget)) {
        throw new IllegalArgumentException("a time budget must be above zero, is " + budget);
      }
    }
  }

  public BoardOptions by(Grouping other) {
    return new BoardOptions(other, replicates, budgets);
  }

  /** With one more budget that the grid holds exactly. */
  public BoardOptions at(double seconds) {
    List<Double> more = new java.util.ArrayList<>(budgets);
    more.add(seconds);
    return new BoardOptions(grouping, replicates, more);
  }
}
