package dev.pacebench.runner.batch;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.TrialRow;
import jakarta.batch.api.chunk.AbstractItemReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands a slot the next pending trial.
 *
 * <p>It says "no more" only when no trial is pending, but for those of suspended contenders, and
 * none is claimed by anybody alive, since such a trial may yet be put back.
 */
final class ClaimReader extends AbstractItemReader {

  /** Own trials wake the reader; only other processes must be asked. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final RunContext run;
  private final int slot;

  ClaimReader(RunContext run, int slot) {
    this.run = run;
    this.slot = slot;
  }

  @Override
  public @Nullable Object readItem() throws InterruptedException {
    try {
      while (!run.control().isHalted()) {
        long changes = run.control().changes();
        Optional<Claim> claim = run.control().claiming(this::claim);
        if (claim.isPresent()) {
          return claim.get();
        }
        if (!mayMoreCome()) {
          return null;
        }
        run.control().awaitChange(changes, ASK_AGAIN);
      }
    } catch (RuntimeException e) {
      run.control().fail(e);
    }
    return null;
  }

  private Optional<Claim> claim() {
    Optional<TrialRow> row = run.store().claim(run.runId(), run.owner());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    String trialId = row.get().trialId();
    PlannedTrial trial = run.byId().get(trialId);
    if (trial == null) {
      run.store().release(run.runId(), trialId, run.owner());
      throw new InfrastructureError(
          "the database holds trial " + trialId + ", which is not in the run's plan",
          "start a new run, or restore the lineup and task sets of this one");
    }
    run.control().add(trialId);
    return Optional.of(new Claim(slot, trial));
  }

  private boolean mayMoreCome() {
    if (!run.control().active().isEmpty()) {
      return true;
    }
    return run.control().claiming(this::othersWork);
  }

  /** Frees what nobody works on any more, and says whether anybody still may free something. */
  private boolean othersWork() {
    run.store().releaseDead(run.runId());
    run.store().releaseAll(run.runId(), run.owner(), run.control().active());
    return !run.control().active().isEmpty()
        || run.store().count(run.runId(), RowState.CLAIMED) > 0
        || run.store().isAnyPending(run.runId());
  }
}
