package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.ResultTable;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TableRow;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All figures of a table or a page, of one run or several; nothing is rounded.
 *
 * <p>The same trials give the same board, in whatever order they come.
 *
 * @param sections by task set, then group
 * @param grouping what divides task sets
 * @param runs what is known of the runs, in the order given
 * @param planned trials planned in all runs
 * @param done trials with a result
 * @param used trials that the figures rest on
 * @param replicates of the bootstrap
 * @param instrumentErrorMillis the largest that a trial carries
 */
public record Board(
    List<BoardSection> sections,
    Grouping grouping,
    List<RunFacts> runs,
    int planned,
    int done,
    int used,
    int replicates,
    OptionalDouble instrumentErrorMillis) {

  public Board {
    sections = List.copyOf(sections);
    runs = List.copyOf(runs);
  }

  /** Some planned trial has no result yet. */
  public boolean unfinished() {
    return done < planned;
  }

  /** The rows of all sections, in order. */
  public List<BoardRow> rows() {
    return sections.stream().flatMap(section -> section.rows().stream()).toList();
  }

  /** Counts and accuracies alone; only of use without a grouping. */
  public ResultTable table() {
    List<TableRow> rows = rows().stream().map(BoardRow::row).toList();
    return new ResultTable(rows, runs, planned, done, used);
  }
}
