package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.ResultTable;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.util.ArrayList;
import java.util.List;

/** Makes tables of what the store holds. */
final class Tables {

  private Tables() {}

  static ResultTable of(RunStore store, List<RunRow> runs) {
    List<TrialRecord> results = new ArrayList<>();
    List<PlannedCell> planned = new ArrayList<>();
    List<RunFacts> facts = new ArrayList<>();
    for (RunRow run : runs) {
      facts.add(new RunFacts(run.runId(), run.settings().sandbox(), run.settings().slots()));
      // One reading gives both, so that a result cannot come between them.
      for (TrialRow trial : store.trials(run.runId())) {
        planned.add(cell(trial));
        trial.result().ifPresent(results::add);
      }
    }
    return ResultTable.of(results, planned, facts);
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
