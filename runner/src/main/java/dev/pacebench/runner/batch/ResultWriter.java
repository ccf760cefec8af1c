package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.Outcome;
import jakarta.batch.api.chunk.AbstractItemWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores results; a trial that has one already keeps it. */
final class ResultWriter extends AbstractItemWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

  private final RunContext run;
  private final Suspensions suspensions;

  ResultWriter(RunContext run, Suspensions suspensions) {
    this.run = run;
    this.suspensions = suspensions;
  }

  @Override
  public void writeItems(List<Object> items) {
    for (Object item : items) {
      Finished finished = (Finished) item;
      try {
        store(finished);
      } catch (RuntimeException e) {
        // Its evidence is in place, so the next execution adopts it.
        run.control().fail(e);
      } finally {
        run.control().remove(finished.claim().trial().id());
      }
    }
  }

  private void store(Finished finished) {
    String trialId = finished.claim().trial().id();
    String contender = finished.claim().trial().contender().name();
    if (!run.store().finish(run.runId(), trialId, finished.record())) {
      LOG.warn("{} has a result already, which stays", trialId);
      return;
    }
    run.listener().onResult(finished.claim().slot(), finished.record());
    Optional<String> suspend = suspensions.note(contender, cause(finished));
    if (suspend.isPresent()) {
      run.store().suspend(run.runId(), contender, suspend.get());
      run.listener().onSuspended(contender, suspend.get());
    }
  }

  /** A runner may also return a LOST record rather than throw one. */
  private static String cause(Finished finished) {
    boolean unnamed = finished.lostCause().isEmpty() && finished.record().outcome() == Outcome.LOST;
    return unnamed ? "unnamed" : finished.lostCause();
  }
}
