package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.trial.LostTryException;
import dev.pacebench.sandbox.SandboxException;
import jakarta.batch.api.chunk.ItemProcessor;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a claimed trial's tries until one gives a result or all are lost.
 *
 * <p>Whatever ends it without a result puts the trial back. Try numbers go on from the evidence
 * there is; each execution has the full number of tries.
 */
final class TryProcessor implements ItemProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(TryProcessor.class);

  private final RunContext run;
  private final Suspensions suspensions;

  TryProcessor(RunContext run, Suspensions suspensions) {
    this.run = run;
    this.suspensions = suspensions;
  }

  @Override
  public @Nullable Object processItem(Object item) {
    Claim claim = (Claim) item;
    Finished finished = null;
    try {
      finished = tries(claim);
    } catch (InterruptedException e) {
      LOG.debug("{} is put back: {}", claim.trial().id(), e.getMessage());
    } catch (IOException e) {
      run.control().fail(HomeFolders.explain(run.home().root(), e));
    } catch (RuntimeException e) {
      run.control().fail(e);
    } finally {
      if (finished == null) {
        putBack(claim);
      }
    }
    return finished;
  }

  private void putBack(Claim claim) {
    try {
      run.store().release(run.runId(), claim.trial().id(), run.owner());
    } catch (RuntimeException e) {
      run.control().fail(e);
    } finally {
      run.control().remove(claim.trial().id());
    }
  }

  /** The result, or null when the trial is to be put back. */
  private @Nullable Finished tries(Claim claim) throws InterruptedException, IOException {
    PlannedTrial trial = claim.trial();
    int first = run.evidence().tries(run.home(), run.runId(), trial.id()) + 1;
    int last = first + run.plan().settings().maxTries() - 1;
    for (int number = first; ; number++) {
      try {
        return new Finished(claim, oneTry(claim, number), "");
      } catch (LostTryException e) {
        run.listener().onLostTry(claim.slot(), trial, number, e.causeWord());
        LOG.info("{} try {} is lost: {}", trial.id(), number, e.getMessage());
        if (e.engineGone()) {
          run.control().fail(engineGone(e));
          return null;
        }
        if (suspensions.isSuspended(trial.contender().name())) {
          return null;
        }
        // An image that cannot be had is the task's fault: no try changes it, no contender caused
        // it.
        boolean image = e.causeWord().equals(LostTryException.IMAGE);
        if (number == last || image) {
          run.evidence().confirmLost(run.home(), run.runId(), trial.id(), number);
          return new Finished(claim, e.record(), image ? "" : e.causeWord());
        }
        run.control().pause(run.pauses().after(number - first + 1));
      }
    }
  }

  private TrialRecord oneTry(Claim claim, int number)
      throws LostTryException, InterruptedException, IOException {
    PlannedTrial trial = claim.trial();
    run.listener().onTrialStart(claim.slot(), trial, number);
    Instant startedAt = Instant.now();
    long start = System.nanoTime();
    run.control().enterTry(claim.slot());
    Throwable unexpected;
    try {
      return run.trials()
          .run(trial, number, state -> run.listener().onState(claim.slot(), trial, state));
    } catch (InfrastructureError e) {
      throw e;
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.UNAVAILABLE) {
        throw new InfrastructureError(String.valueOf(e.getMessage()), e.remedy(), e);
      }
      unexpected = e;
    } catch (InterruptedException e) {
      if (run.control().isHalted()) {
        throw e;
      }
      unexpected = e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      unexpected = e;
    } finally {
      run.control().leaveTry(claim.slot());
    }
    return afterUnexpected(claim, number, startedAt, System.nanoTime() - start, unexpected);
  }

  /** A fault of ours: the committed result if there is one, else a lost try that says so. */
  private TrialRecord afterUnexpected(
      Claim claim, int number, Instant startedAt, long nanos, Throwable unexpected)
      throws LostTryException, InterruptedException, IOException {
    if (run.control().isHalted()) {
      throw new InterruptedException("the run was halted");
    }
    PlannedTrial trial = claim.trial();
    LOG.error("{} try {} failed inside Pacebench: {}", trial.id(), number, unexpected, unexpected);
    if (run.evidence().tries(run.home(), run.runId(), trial.id()) >= number) {
      Optional<TrialRecord> committed =
          run.evidence().finalResult(run.home(), run.runId(), trial.id());
      if (committed.isPresent() && committed.get().tries() == number) {
        return committed.get();
      }
    }
    throw LostTries.internal(run, trial, number, startedAt, nanos, unexpected);
  }

  private static InfrastructureError engineGone(LostTryException e) {
    if (e.getCause() instanceof InfrastructureError error) {
      return error;
    }
    String remedy =
        e.getCause() instanceof SandboxException sandbox
            ? sandbox.remedy()
            : "repair it, then `pacebench resume` goes on where the run ended";
    return new InfrastructureError(String.valueOf(e.getMessage()), remedy, e);
  }
}
