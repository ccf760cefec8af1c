package dev.pacebench.runner.store;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.tasks.TaskSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes runs and their trials; what is stored already stays as it is. */
final class RunInsert {

  private static final int BATCH = 1000;

  private static final String TRIAL =
      """
      INSERT INTO trial (run_id, trial_id, ordinal, task_set, task, task_digest, contender,
        contender_digest, attempt, state, held, tries, reopened_after, outcome, result)
      VALUES (:run, :trial, :ordinal, :taskSet, :task, :taskDigest, :contender,
        :contenderDigest, :attempt, :state, FALSE, :tries, 0, :outcome, :result)""";

  private RunInsert() {}

  /** Inserts what is missing of a plan; says how many trials. */
  static int insert(Handle handle, Plan plan) {
    String runId = plan.settings().runId();
    insertRun(handle, plan.settings());
    for (TaskSet set : plan.taskSets()) {
      insertTaskSet(handle, runId, set);
    }
    for (Contender contender : plan.lineup().contenders()) {
      insertContender(handle, runId, contender);
    }
    Set<String> stored =
        new HashSet<>(
            handle
                .createQuery("SELECT trial_id FROM trial WHERE run_id = :run")
                .bind("run", runId)
                .mapTo(String.class)
                .list());
    PreparedBatch batch = handle.prepareBatch(TRIAL);
    int inserted = 0;
    for (PlannedTrial trial : plan.trials()) {
      if (stored.add(trial.id())) {
        bind(batch, pending(trial));
        inserted++;
        if (batch.size() == BATCH) {
          batch.execute();
        }
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
    return inserted;
  }

  /** Inserts the run's row, or renews its settings, which a resume may have changed. */
  private static void insertRun(Handle handle, RunSettings settings) {
    int known =
        handle
            .createUpdate("UPDATE run SET settings = :settings WHERE run_id = :run")
            .bind("settings", Rows.write(settings))
            .bind("run", settings.runId())
            .execute();
    if (known == 0) {
      handle
          .createUpdate(
              "INSERT INTO run (run_id, created_at, state, failure, settings)"
                  + " VALUES (:run, :created, 'PLANNED', '', :settings)")
          .bind("run", settings.runId())
          .bind("created", settings.createdAt())
          .bind("settings", Rows.write(settings))
          .execute();
    }
  }

  private static void insertTaskSet(Handle handle, String runId, TaskSet set) {
    handle
        .createUpdate(
            "INSERT INTO task_set (run_id, name, format, digest, tasks)"
                + " SELECT :run, :name, :format, :digest, :tasks WHERE NOT EXISTS"
                + " (SELECT 1 FROM task_set WHERE run_id = :run AND name = :name)")
        .bind("run", runId)
        .bind("name", set.name())
        .bind("format", set.format())
        .bind("digest", set.digest())
        .bind("tasks", set.tasks().size())
        .execute();
  }

  private static void insertContender(Handle handle, String runId, Contender contender) {
    boolean known =
        handle
                .createQuery("SELECT COUNT(*) FROM contender WHERE run_id = :run AND name = :name")
                .bind("run", runId)
                .bind("name", contender.name())
                .mapTo(Integer.class)
                .one()
            > 0;
    if (known) {
      return;
    }
    handle
        .createUpdate(
            "INSERT INTO contender (run_id, name, digest, agent, agent_version, model, simulated)"
                + " VALUES (:run, :name, :digest, :agent, :version, :model, :simulated)")
        .bind("run", runId)
        .bind("name", contender.name())
        .bind("digest", contender.digest())
        .bind("agent", contender.agent())
        .bind("version", contender.agentVersion())
        .bind("model", contender.model().orElse(null))
        .bind("simulated", contender.simulated())
        .execute();
  }

  private static TrialRow pending(PlannedTrial trial) {
    return new TrialRow(
        trial.runId(),
        trial.id(),
        trial.ordinal(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        trial.contender().name(),
        trial.contender().digest(),
        trial.attempt(),
        RowState.PENDING,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty());
  }

  /** Inserts a run and its rows as they are. */
  static int restore(Handle handle, RunSettings settings, List<TrialRow> rows) {
    insertRun(handle, settings);
    PreparedBatch batch = handle.prepareBatch(TRIAL);
    for (TrialRow row : rows) {
      bind(batch, row);
      if (batch.size() == BATCH) {
        batch.execute();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
    return rows.size();
  }

  private static void bind(PreparedBatch batch, TrialRow row) {
    batch
        .bind("run", row.runId())
        .bind("trial", row.trialId())
        .bind("ordinal", row.ordinal())
        .bind("taskSet", row.taskSet())
        .bind("task", row.task())
        .bind("taskDigest", row.taskDigest())
        .bind("contender", row.contender())
        .bind("contenderDigest", row.contenderDigest())
        .bind("attempt", row.attempt())
        .bind("state", row.state().name())
        .bind("tries", row.tries())
        .bind("outcome", row.result().map(result -> result.outcome().name()).orElse(null))
        .bind("result", row.result().map(Rows::write).orElse(null))
        .add();
  }
}
