package dev.pacebench.leaderboard.table;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a table is asked to show.
 *
 * @param at the time budget in seconds to rank at
 * @param columns in this order; empty for those that fit what there is to tell
 * @param besides whether the columns come besides those, not in their place
 * @param curves whether JSON has accuracy within every budget of the grid as well
 */
public record TableRequest(
    OptionalDouble at, List<Column> columns, boolean besides, boolean curves) {

  /** Sensible columns, ranked by accuracy. */
  public static final TableRequest USUAL =
      new TableRequest(OptionalDouble.empty(), List.of(), false, false);

  public TableRequest {
    columns = List.copyOf(columns);
  }

  /** Whether there are wishes that nothing may be left out of. */
  boolean isExplicit() {
    return !columns.isEmpty();
  }
}
