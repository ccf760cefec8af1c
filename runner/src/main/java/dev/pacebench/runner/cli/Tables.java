package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.Budgets;
import dev.pacebench.runner.board.StoredTrials;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes boards of what the store holds. */
final class Tables {

  /** Those of a table, on a grid that holds every budget that a table may choose to show. */
  static final BoardOptions OPTIONS =
      new BoardOptions(Grouping.NONE, BoardOptions.TABLE.replicates(), Budgets.round());

  private Tables() {}

  static Board of(RunStore store, List<RunRow> runs, BoardOptions options) {
    Map<String, String> engines = new HashMap<>();
    TrialColumns trials =
        StoredTrials.columns(
            store,
            runs,
            result -> {
              String engine = result.conditions().get("engine");
              if (engine != null) {
                engines.putIfAbsent(result.run(), engine);
              }
            });
    return Board.of(trials, runs.stream().map(run -> facts(run, engines)).toList(), options);
  }

  private static RunFacts facts(RunRow run, Map<String, String> engines) {
    return new RunFacts(
        run.runId(),
        run.settings().sandbox(),
        run.settings().slots(),
        run.settings().attempts(),
        engines.getOrDefault(run.runId(), ""));
  }
}
