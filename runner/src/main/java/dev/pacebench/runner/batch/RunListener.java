package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialState;

/** Sees a run as it goes; called from several threads, must return at once. */
public interface RunListener {

  /** The run starts or goes on; {@code done} trials have a result already. */
  default void onStart(int total, int done, int slots) {}

  /** A slot took up a trial. */
  default void onTrialStart(int slot, PlannedTrial trial, int tryNumber) {}

  /** A slot's trial changed its state. */
  default void onState(int slot, PlannedTrial trial, TrialState state) {}

  /** A trial has its result, which is stored. */
  default void onResult(int slot, TrialRecord result) {}

  /** A try was lost; a further one may follow. */
  default void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {}

  /** A contender's pending trials are left pending. */
  default void onSuspended(String contender, String cause) {}

  /** The run goes no further; what was running ended. */
  default void onEnd(RunSummary summary) {}
}
