package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes everything on, and lets no failure of a view reach the run. */
final class GuardedListener implements RunListener {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private final RunListener listener;

  GuardedListener(RunListener listener) {
    this.listener = listener;
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("the progress view failed: {}", e.toString(), e);
    }
  }

  @Override
  public void onStart(int total, int done, int slots) {
    guard(() -> listener.onStart(total, done, slots));
  }

  @Override
  public void onTrialStart(int slot, PlannedTrial trial, int tryNumber) {
    guard(() -> listener.onTrialStart(slot, trial, tryNumber));
  }

  @Override
  public void onState(int slot, PlannedTrial trial, TrialState state) {
    guard(() -> listener.onState(slot, trial, state));
  }

  @Override
  public void onResult(int slot, TrialRecord result) {
    guard(() -> listener.onResult(slot, result));
  }

  @Override
  public void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {
    guard(() -> listener.onLostTry(slot, trial, tryNumber, cause));
  }

  @Override
  public void onSuspended(String contender, String cause) {
    guard(() -> listener.onSuspended(contender, cause));
  }

  @Override
  public void onEnd(RunSummary summary) {
    guard(() -> listener.onEnd(summary));
  }
}
