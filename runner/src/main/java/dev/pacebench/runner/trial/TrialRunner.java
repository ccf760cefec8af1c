package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialWatcher;

/** Runs one try of a trial, from sandbox to committed evidence. */
public interface TrialRunner {

  /**
   * Runs a try; returns only after its evidence folder is in place.
   *
   * @param tryNumber from 1
   * @param watcher sees the try's states as they change
   * @throws LostTryException when no fair attempt was possible; evidence of that is in place too
   * @throws InterruptedException when the run is stopped; nothing of the try stays but a sandbox
   *     never does
   */
  TrialRecord run(PlannedTrial trial, int tryNumber, TrialWatcher watcher)
      throws LostTryException, InterruptedException;
}
