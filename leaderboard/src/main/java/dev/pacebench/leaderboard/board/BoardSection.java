package dev.pacebench.leaderboard.board;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.List;
import java.util.Optional;

/**
 * The rows that are compared with each other: those of one task set, or of a group of its tasks.
 *
 * @param taskSet its name
 * @param group value of the grouping; empty without one, {@code (none)} for tasks without a label
 * @param tasks tasks of all rows together
 * @param rows best accuracy first, the faster of equals first
 * @param grid the budgets of all curves
 * @param limits distinct limits of the trials in seconds, rising
 * @param seed of the replicates, a hash of the tasks' digests
 * @param virtualBest absent with fewer than two rows or without any trial
 */
public record BoardSection(
    String taskSet,
    Optional<String> group,
    int tasks,
    List<BoardRow> rows,
    TimeGrid grid,
    List<Double> limits,
    long seed,
    Optional<VirtualBest> virtualBest) {

  public BoardSection {
    requireNonNull(taskSet, "taskSet is null");
    requireNonNull(grid, "grid is null");
    rows = List.copyOf(rows);
    limits = List.copyOf(limits);
  }

  /** Time beyond which nothing is known of any row; zero without trials. */
  public double longestLimit() {
    return limits.isEmpty() ? 0 : limits.get(limits.size() - 1);
  }
}
