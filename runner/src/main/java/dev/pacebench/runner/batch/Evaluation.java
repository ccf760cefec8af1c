package dev.pacebench.runner.batch;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.StepExecution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jberet.operations.JobOperatorImpl;
import org.jberet.runtime.JobExecutionImpl;
import org.jberet.runtime.StepExecutionImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a run: the batch job from plan to score.
 *
 * <p>The caller holds the home's lock. Whatever ends an execution, nothing stays claimed by it
 * unless the process is killed or the database is gone; another execution of the same run goes on.
 */
public final class Evaluation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final long SIGN_OF_LIFE_SECONDS = 30;

  private final RunContext run;
  private final EvaluationEnvironment environment;
  private final JobOperatorImpl operator;
  private @Nullable Long execution;

  public Evaluation(
      Home home,
      Plan plan,
      RunStore store,
      EvidenceStore evidence,
      TrialRunner trials,
      Owner owner,
      RunListener listener) {
    this(home, plan, store, evidence, trials, owner, listener, RetryPauses.DEFAULT);
  }

  Evaluation(
      Home home,
      Plan plan,
      RunStore store,
      EvidenceStore evidence,
      TrialRunner trials,
      Owner owner,
      RunListener listener,
      RetryPauses pauses) {
    Map<String, PlannedTrial> byId = new HashMap<>();
    plan.trials().forEach(trial -> byId.put(trial.id(), trial));
    this.run =
        new RunContext(
            home,
            plan,
            byId,
            store,
            evidence,
            trials,
            owner,
            new GuardedListener(listener),
            pauses,
            new RunControl());
    this.environment = new EvaluationEnvironment(new EvaluationArtifacts(run));
    this.operator = new JobOperatorImpl(environment);
  }

  /**
   * Runs until no trial is left that may run; blocks. The same run again, in another evaluation,
   * goes on where this one ended. An interrupt of the calling thread is taken as {@link #stop}.
   *
   * @throws UserError when what was planned is no longer there
   * @throws InfrastructureError when not even the end could be stored
   */
  public RunSummary run() {
    ScheduledExecutorService signs = startSignsOfLife();
    try {
      awaitJob();
    } finally {
      signs.shutdownNow();
      run.store().releaseAll(run.runId(), run.owner(), List.of());
    }
    RunSummary summary = summary();
    run.listener().onEnd(summary);
    if (run.control().error() instanceof UserError error) {
      throw error;
    }
    return summary;
  }

  private void awaitJob() {
    JobExecutionImpl job = start();
    boolean interrupted = false;
    while (true) {
      try {
        job.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        stop();
      }
    }
    if (job.getBatchStatus() == BatchStatus.FAILED) {
      explainFailure(job);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The job's parts report what goes wrong; what is left is a fault of the batch machinery. */
  private void explainFailure(JobExecutionImpl job) {
    for (StepExecution step : job.getStepExecutions()) {
      if (step instanceof StepExecutionImpl failed && failed.getException() != null) {
        run.control()
            .fail(
                new InfrastructureError(
                    "the batch job failed in step "
                        + step.getStepName()
                        + ": "
                        + failed.getException(),
                    "`pacebench resume " + run.runId() + "`; please report this",
                    failed.getException()));
      }
    }
  }

  private synchronized JobExecutionImpl start() {
    if (execution != null) {
      throw new IllegalStateException("an evaluation runs once; make another one to resume");
    }
    execution = operator.start("evaluation", new Properties());
    return (JobExecutionImpl) operator.getJobExecution(execution);
  }

  /** Where runners share a database, silence would be taken for death. */
  private ScheduledExecutorService startSignsOfLife() {
    ScheduledExecutorService signs =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "signs-of-life");
              thread.setDaemon(true);
              return thread;
            });
    if (run.store().isShared()) {
      ScheduledFuture<?> unused =
          signs.scheduleAtFixedRate(
              this::giveSignOfLife, SIGN_OF_LIFE_SECONDS, SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
    }
    return signs;
  }

  private void giveSignOfLife() {
    try {
      run.store().stillThere(run.runId(), run.owner());
    } catch (RuntimeException e) {
      // The next one may come through; a database that is gone ends the run elsewhere.
      LOG.debug("no sign of life: {}", e.toString());
    }
  }

  /** From another thread: starts no further trial and puts running ones back; does not wait. */
  public void stop() {
    run.control().stop();
    Long id;
    synchronized (this) {
      id = execution;
    }
    if (id != null) {
      try {
        operator.stop(id);
      } catch (JobExecutionNotRunningException e) {
        // It ended by itself in the meantime.
      }
    }
  }

  private RunSummary summary() {
    RuntimeException error = run.control().error();
    Optional<RunRow> stored = run.store().run(run.runId());
    if (stored.isEmpty()) {
      throw error != null ? error : new IllegalStateException("run " + run.runId() + " is gone");
    }
    RunRow row = stored.get();
    String failure = error == null ? "" : failure(error);
    boolean complete = row.done() == row.planned();
    boolean stopped = run.control().isStopped() && !complete;
    RunState state = stopped ? RunState.STOPPED : complete ? RunState.DONE : RunState.FAILED;
    run.store().state(run.runId(), state, state == RunState.DONE ? "" : failure, run.owner());
    return new RunSummary(
        run.runId(), row.planned(), row.done(), row.lost(), stopped, row.suspended(), failure);
  }

  private static String failure(RuntimeException error) {
    String what = error.getMessage() == null ? error.toString() : error.getMessage();
    if (error instanceof InfrastructureError infrastructure) {
      return what + "; " + infrastructure.remedy();
    }
    return error instanceof UserError user ? what + "; " + user.remedy() : error.toString();
  }

  /** Gives the threads up; running trials must have ended. */
  @Override
  public void close() {
    environment.close();
  }
}
