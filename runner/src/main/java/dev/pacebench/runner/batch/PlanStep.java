package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.TrialRow;
import jakarta.batch.api.AbstractBatchlet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the table to where the last execution really ended: claims of the dead are put back,
 * results are taken from evidence that was complete before its row was, drafts are removed.
 */
final class PlanStep extends AbstractBatchlet {

  private static final Logger LOG = LoggerFactory.getLogger(PlanStep.class);

  private final RunContext run;

  PlanStep(RunContext run) {
    this.run = run;
  }

  @Override
  public String process() {
    try {
      prepare();
      return "PLANNED";
    } catch (IOException e) {
      run.control().fail(HomeFolders.explain(run.home().run(run.runId()), e));
    } catch (RuntimeException e) {
      run.control().fail(e);
    }
    return "REFUSED";
  }

  private void prepare() throws IOException {
    String runId = run.runId();
    boolean isNew = run.store().run(runId).map(row -> row.state() == RunState.PLANNED).orElse(true);
    run.store().create(run.plan());
    if (!isNew) {
      run.store().releaseDead(runId);
      run.store().releaseAll(runId, run.owner(), List.of());
      run.store().liftSuspensions(runId);
      run.evidence().removeDrafts(run.home(), runId);
      adopt();
    }
    run.store().state(runId, RunState.RUNNING, "", run.owner());
    RunRow row =
        run.store()
            .run(runId)
            .orElseThrow(
                () ->
                    new InfrastructureError(
                        "the database lost run " + runId, "start a new run with `pacebench run`"));
    run.listener().onStart(row.planned(), row.done(), run.slots());
  }

  private void adopt() throws IOException {
    for (TrialRow row : run.store().unfinished(run.runId())) {
      if (row.state() == RowState.CLAIMED) {
        continue;
      }
      Optional<TrialRecord> result =
          run.evidence().finalResult(run.home(), run.runId(), row.trialId());
      if (result.isPresent() && result.get().tries() > row.reopenedAfter()) {
        LOG.info("{} had its result before its row did", row.trialId());
        run.store().finish(run.runId(), row.trialId(), result.get());
      } else {
        refuseChanged(row);
      }
    }
  }

  /** A trial still to be run must be the one that was planned. */
  private void refuseChanged(TrialRow row) {
    PlannedTrial trial = run.byId().get(row.trialId());
    String remedy =
        "restore the task sets and the lineup as they were, or start a new run with `pacebench run`";
    if (trial == null) {
      throw new UserError(
          row.trialId(), "was planned, but its task or contender is no longer there", remedy);
    }
    if (!trial.task().digest().equals(row.taskDigest())) {
      throw new UserError(
          row.taskSet() + "/" + row.task(), "the task changed since the run was planned", remedy);
    }
    if (!trial.contender().digest().equals(row.contenderDigest())) {
      throw new UserError(
          row.contender(), "the contender changed since the run was planned", remedy);
    }
  }
}
