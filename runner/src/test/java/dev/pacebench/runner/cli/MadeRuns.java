package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.runner.store.TrialRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run whose results somebody made up, in the database of a home. */
final class MadeRuns {

  private final String run;
  private final boolean simulated;
  private final List<TrialRow> rows = new ArrayList<>();

  MadeRuns(String run, boolean simulated) {
    this.run = run;
    this.simulated = simulated;
  }

  /** Adds a trial with a limit of 600 s. */
  MadeRuns trial(String contender, String task, int attempt, Outcome outcome, double seconds) {
    boolean lost = outcome == Outcome.LOST;
    String id = "trial-" + rows.size();
    TrialRecord record =
        new TrialRecord(
            run,
            "made",
            task,
            "digest-" + task,
            contender,
            "digest-" + contender,
            "conditions",
            attempt,
            outcome,
            lost ? null : outcome == Outcome.TIMED_OUT ? "deadline" : "finished",
            outcome == Outcome.SOLVED,
            lost ? null : seconds,
            seconds + 1,
            1,
            simulated,
            600,
            lost ? null : "shared",
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            "made up",
            Instant.parse("2026-01-01T00:00:00Z"),
            "runs/" + run + "/trials/" + id + "/try-1");
    rows.add(row(id, record, Optional.of(record)));
    return this;
  }

  private TrialRow row(String id, TrialRecord record, Optional<TrialRecord> result) {
    return new TrialRow(
        run,
        id,
        rows.size(),
        record.taskSet(),
        record.task(),
        record.taskDigest(),
        record.contender(),
        record.contenderDigest(),
        record.attempt(),
        result.isPresent() ? RowState.DONE : RowState.PENDING,
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        result);
  }

  void store(Path home) {
    RunSettings settings = SamplePlans.plan(run, 1, List.of("someone"), 1, 1, 1).settings();
    try (Database database = Database.open(new Home(home), null)) {
      new RunStore(database).restore(settings, rows);
    }
  }
}
