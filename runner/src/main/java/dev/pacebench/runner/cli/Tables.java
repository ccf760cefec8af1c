package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.Budgets;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes boards of what the store holds. */
final class Tables {

  /** Those of a table, on a grid that holds every budget that a table may choose to show. */
  static final BoardOptions OPTIONS =
      new BoardOptions(Grouping.NONE, BoardOptions.TABLE.replicates(), Budgets.round());

  private Tables() {}

  static Board of(RunStore store, List<RunRow> runs, BoardOptions options) {
    List<TrialRecord> results = new ArrayList<>();
    List<PlannedCell> planned = new ArrayList<>();
    List<RunFacts> facts = new ArrayList<>();
    for (RunRow run : runs) {
      Optional<String> engine = Optional.empty();
      // One reading gives both, so that a result cannot come between them.
      for (TrialRow trial : store.trials(run.runId())) {
        planned.add(cell(trial));
        trial.result().ifPresent(results::add);
        engine = engine.isPresent() ? engine : trial.result().flatMap(Tables::engine);
      }
      facts.add(
          new RunFacts(
              run.runId(),
              run.settings().sandbox(),
              run.settings().slots(),
              run.settings().attempts(),
              engine.orElse("")));
    }
    return Board.of(results, planned, facts, options);
  }

  private static Optional<String> engine(TrialRecord result) {
    return Optional.ofNullable(result.conditions().get("engine"));
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
