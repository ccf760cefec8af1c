package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One contender's figures on one task set; README.md of this module defines each of them.
 *
 * <p>The counts cover the trials that the table uses, which in an unfinished run are fewer than the
 * finished ones. Nothing is rounded.
 *
 * @param name unique among the rows of its task set
 * @param contender display name as the lineup has it
 * @param contenderDigest identifies the contender
 * @param taskSet the task set
 * @param runs ids of the runs pooled here
 * @param tasks tasks with at least one trial that was not LOST
 * @param planned trials planned, used or not
 * @param outcomes trials used, by outcome; every outcome is there
 * @param standardError task-clustered; absent below two tasks
 * @param interval absent below ten tasks
 * @param medianSeconds of the agent phase over solved trials
 * @param verification shared, separate, mixed; absent when nothing was verified
 * @param flags trials per flag
 * @param simulated whether a simulated tier produced any of it
 * @param differs what keeps this row apart from others of its name
 */
public record TableRow(
    String name,
    String contender,
    String contenderDigest,
    String taskSet,
    List<String> runs,
    int tasks,
    int planned,
    Map<Outcome, Integer> outcomes,
    OptionalDouble standardError,
    Optional<Interval> interval,
    OptionalDouble medianSeconds,
    Optional<String> verification,
    SortedMap<String, Integer> flags,
    boolean simulated,
    Optional<String> differs) {

  /** Above this share of LOST trials a row is greyed. */
  public static final double MOST_LOST = 0.02;

  /** By task set, then accuracy, then the median of solved trials, then name. */
  public static final Comparator<TableRow> BEST_FIRST =
      Comparator.comparing(TableRow::taskSet)
          .thenComparingDouble(row -> -row.accuracy().orElse(-1))
          .thenComparingDouble(row -> row.medianSeconds().orElse(Double.POSITIVE_INFINITY))
          .thenComparing(TableRow::name);

  public TableRow {
    requireNonNull(name, "name is null");
    requireNonNull(contender, "contender is null");
    runs = List.copyOf(runs);
    outcomes = Map.copyOf(outcomes);
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
  }

  /** Trials that the figures rest on, LOST ones included. */
  public int trials() {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Trials with this outcome. */
  public int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  public int solved() {
    return count(Outcome.SOLVED);
  }

  public int lost() {
    return count(Outcome.LOST);
  }

  /** Solved trials over those that were not LOST. */
  public OptionalDouble accuracy() {
    return share(trials() - lost());
  }

  /** The accuracy if every LOST trial had failed; never above {@link #accuracy()}. */
  public OptionalDouble accuracyIfLostFailed() {
    return share(trials());
  }

  /** Too much was LOST for the row to be compared with others. */
  public boolean greyed() {
    return lost() > MOST_LOST * trials();
  }

  /** How many tasks too few there are for an interval. */
  OptionalInt tasksMissingForInterval() {
    return tasks < ClusteredAccuracy.FEWEST
        ? OptionalInt.of(ClusteredAccuracy.FEWEST - tasks)
        : OptionalInt.empty();
  }

  private OptionalDouble share(int of) {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) solved() / of);
  }
}
