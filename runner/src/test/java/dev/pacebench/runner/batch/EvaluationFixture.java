package dev.pacebench.runner.batch;

import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TestDatabase;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home, its store, and trials that are played; one of each per test. */
@Timeout(60)
abstract class EvaluationFixture {

  private static final RetryPauses QUICK =
      new RetryPauses(Duration.ofMillis(1), Duration.ofMillis(2));

  final Owner self = Owner.self();
  final FolderEvidence evidence = new FolderEvidence();
  @TempDir Path folder;
  Home home;
  private Database database;
  RunStore store;

  @BeforeEach
  void open() throws SQLException {
    home = new Home(folder.resolve("home"));
    database = TestDatabase.open(home);
    store = new RunStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  final Evaluation evaluation(Plan plan, TrialRunner trials, RunListener listener) {
    return new Evaluation(home, plan, store, evidence, trials, self, listener, QUICK);
  }

  final RunSummary run(Plan plan, TrialRunner trials) {
    try (Evaluation evaluation = evaluation(plan, trials, new RunListener() {})) {
      return evaluation.run();
    }
  }

  final FakeTrials fake(FakeTrials.Script script) {
    return new FakeTrials(home, evidence, script);
  }

  final List<TrialRow> in(RowState state) {
    return store.trials("r").stream().filter(row -> row.state() == state).toList();
  }
}
