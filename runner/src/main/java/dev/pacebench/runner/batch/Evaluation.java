package dev.pacebench.runner.batch;

import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;

/** One execution of a run: the batch job from plan to score. */
public final class Evaluation implements AutoCloseable {

  public Evaluation(
      Home home,
      Plan plan,
      RunStore store,
      EvidenceStore evidence,
      TrialRunner trials,
      Owner owner,
      RunListener listener) {}

  /**
   * Runs until no trial is left that may run; blocks. The same run again goes on where it ended.
   */
  public RunSummary run() {
    throw new UnsupportedOperationException();
  }

  /** From another thread: starts no further trial and puts running ones back. */
  public void stop() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
