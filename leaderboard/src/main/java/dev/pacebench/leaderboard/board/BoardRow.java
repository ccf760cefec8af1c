package dev.pacebench.leaderboard.board;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.TableRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One contender on one task set, or on a group of its tasks; README.md of this module defines each
 * figure.
 *
 * @param row who it is, counts by outcome, accuracy, standard error, marks, what differs
 * @param estimated re-timed, not measured
 * @param intervals of the accuracy
 * @param times of the agent phase
 * @param curve accuracy within time budgets
 * @param par2 seconds, an unsolved trial counting twice its limit
 * @param area under accuracy over the logarithm of time, from 10 s to the longest limit, 0 to 1
 * @param passAtK chance that at least one of k attempts solves, from k = 1 on, as far as all tasks
 *     have attempts
 * @param passHatK chance that all of k attempts solve, from k = 1 on
 * @param frontierShare share of replicates in which no other row was both as accurate and as fast,
 *     and better in one of the two; accuracy against median seconds of solved trials
 * @param onFrontier whether that holds of the figures themselves
 * @param ranks by accuracy
 * @param spread how tasks and attempts differ
 * @param detectable the least difference in accuracy from a like contender that this design sees in
 *     four of five cases
 * @param allPhases where the time of all trials went; absent when no trial says so
 * @param solvedPhases where the time of solved trials went
 * @param vendorEstimate absent for contenders without a model
 * @param cost sum over trials, absent without a price
 */
public record BoardRow(
    TableRow row,
    boolean estimated,
    AccuracyIntervals intervals,
    Times times,
    Curve curve,
    OptionalDouble par2,
    OptionalDouble area,
    List<Double> passAtK,
    List<Double> passHatK,
    OptionalDouble frontierShare,
    boolean onFrontier,
    Optional<RankInterval> ranks,
    TaskSpread spread,
    OptionalDouble detectable,
    Optional<Decomposition> allPhases,
    Optional<Decomposition> solvedPhases,
    Optional<VendorEstimate> vendorEstimate,
    OptionalDouble cost) {

  /** The flag of trials that were re-timed, not measured. */
  public static final String ESTIMATED = "estimated";

  public BoardRow {
    requireNonNull(row, "row is null");
    passAtK = List.copyOf(passAtK);
    passHatK = List.copyOf(passHatK);
  }

  /** Unique among the rows of its section. */
  public String name() {
    return row.name();
  }

  public boolean simulated() {
    return row.simulated();
  }

  public boolean greyed() {
    return row.greyed();
  }

  /** The row at a budget in seconds; empty beyond its limits and below the grid. */
  public Optional<AtBudget> accuracyAt(double seconds) {
    OptionalInt found = indexAt(seconds);
    if (found.isEmpty() || Double.isNaN(curve.accuracy(found.getAsInt()))) {
      return Optional.empty();
    }
    int index = found.getAsInt();
    return Optional.of(
        new AtBudget(
            curve.seconds(index), curve.accuracy(index), curve.band(index), curve.ranks(index)));
  }

  private OptionalInt indexAt(double seconds) {
    int size = curve.size();
    if (size == 0 || seconds > curve.seconds(size - 1) || !(seconds >= curve.seconds(0))) {
      return OptionalInt.empty();
    }
    int index = 0;
    while (index + 1 < size && curve.seconds(index + 1) <= seconds) {
      index++;
    }
    return OptionalInt.of(index);
  }
}
