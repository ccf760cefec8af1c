package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.util.List;

/** Reads the trials of runs for boards, without holding their records. */
final class StoredTrials {

  private StoredTrials() {}

  /** The trials of some runs; one reading gives results and what is pending. */
  static TrialColumns columns(RunStore store, List<RunRow> runs) {
    TrialColumns columns = new TrialColumns();
    for (RunRow run : runs) {
      store.each(
          run.runId(),
          trial -> trial.result().ifPresentOrElse(columns::add, () -> columns.plan(cell(trial))));
    }
    return columns;
  }

  private static PlannedCell cell(TrialRow trial) {
    return new PlannedCell(
        trial.runId(),
        trial.taskSet(),
        trial.task(),
        trial.taskDigest(),
        trial.contender(),
        trial.contenderDigest(),
        trial.attempt());
  }
}
