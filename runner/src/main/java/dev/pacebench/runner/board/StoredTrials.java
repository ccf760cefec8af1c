package dev.pacebench.runner.board;

import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.util.List;
import java.util.function.Consumer;

/** Reads the trials of runs for boards, without holding their records. */
public final class StoredTrials {

  private StoredTrials() {}

  /** The trials of some runs. */
  public static TrialColumns columns(RunStore store, List<RunRow> runs) {
    return columns(store, runs, result -> {});
  }

  /**
   * The trials of some runs; one reading gives results and what is pending.
   *
   * @param watcher sees every result as it goes by
   */
  public static TrialColumns columns(
      RunStore store, List<RunRow> runs, Consumer<TrialRecord> watcher) {
    TrialColumns columns = new TrialColumns();
    for (RunRow run : runs) {
      store.each(
          run.runId(),
          trial ->
              trial
                  .result()
                  .ifPresentOrElse(
                      result -> {
                        columns.add(result);
                        watcher.accept(result);
                      },
                      () -> columns.plan(cell(trial))));
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
