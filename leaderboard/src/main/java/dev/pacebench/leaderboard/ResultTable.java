package dev.pacebench.leaderboard;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Contenders compared on the trials of one run or several.
 *
 * <p>An unfinished run counts only with the (task, attempt) pairs that all of its contenders have
 * finished: otherwise the one that got the hard tasks first would look worse.
 *
 * @param rows by task set, then accuracy, best first
 * @param runs what is known of the runs, in the order given
 * @param planned trials planned in all runs
 * @param done trials with a result
 * @param used trials that the figures rest on
 */
public record ResultTable(
    List<TableRow> rows, List<RunFacts> runs, int planned, int done, int used) {

  public ResultTable {
    rows = List.copyOf(rows);
    runs = List.copyOf(runs);
  }

  /** Some planned trial has no result yet. */
  public boolean unfinished() {
    return done < planned;
  }

  /** The task sets, in the order of the rows. */
  public Set<String> taskSets() {
    return rows.stream()
        .map(TableRow::taskSet)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Makes the table.
   *
   * @param results all finished trials of the runs
   * @param planned all trials of the runs, finished ones included; empty when nothing is pending
   * @param runs what is known of the runs
   */
  public static ResultTable of(
      Collection<TrialRecord> results, Collection<PlannedCell> planned, List<RunFacts> runs) {
    TrialColumns columns = new TrialColumns();
    results.forEach(columns::add);
    planned.forEach(columns::plan);
    Entrants entrants = Entrants.of(columns);
    return new ResultTable(
        entrants.all().stream().map(Entrant::row).sorted(TableRow.BEST_FIRST).toList(),
        runs.stream().distinct().toList(),
        entrants.planned(),
        entrants.done(),
        entrants.used());
  }

  /** Counts per flag over all rows. */
  Map<String, Integer> flags() {
    Map<String, Integer> sum = new TreeMap<>();
    rows.forEach(row -> row.flags().forEach((flag, count) -> sum.merge(flag, count, Integer::sum)));
    return sum;
  }
}
