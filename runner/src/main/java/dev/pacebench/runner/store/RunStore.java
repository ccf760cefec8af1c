package dev.pacebench.runner.store;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.sandbox.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs and trials in the database; the one truth about what is pending, claimed and done. */
public final class RunStore {

  public RunStore(Database database) {}

  /** Stores a run and those of its trials that are not stored yet, in one transaction. */
  public void create(Plan plan) {
    throw new UnsupportedOperationException();
  }

  /** All runs, newest first. */
  public List<RunRow> runs() {
    throw new UnsupportedOperationException();
  }

  public Optional<RunRow> run(String runId) {
    throw new UnsupportedOperationException();
  }

  /** The run of an id, a unique prefix of one, or {@code latest}; a UserError names candidates. */
  public RunRow resolve(String idOrPrefixOrLatest) {
    throw new UnsupportedOperationException();
  }

  /** Results of all done trials, by run as given, then by ordinal. */
  public List<TrialRecord> results(List<String> runIds) {
    throw new UnsupportedOperationException();
  }

  /** All trials of a run, by ordinal. */
  public List<TrialRow> trials(String runId) {
    throw new UnsupportedOperationException();
  }

  /** Claims the next pending trial whose contender is not suspended. */
  public Optional<TrialRow> claim(String runId, Owner owner) {
    throw new UnsupportedOperationException();
  }

  /** Stores a result; false, and nothing changes, when the trial has one already. */
  public boolean finish(String runId, String trialId, TrialRecord result) {
    throw new UnsupportedOperationException();
  }

  /** Puts a claimed trial back. */
  public void release(String runId, String trialId, Owner owner) {
    throw new UnsupportedOperationException();
  }

  /** Leaves a contender's pending trials pending until {@link #liftSuspensions}. */
  public void suspend(String runId, String contender, String cause) {
    throw new UnsupportedOperationException();
  }

  /** Suspended contenders with the cause. */
  public Map<String, String> suspended(String runId) {
    throw new UnsupportedOperationException();
  }

  public void liftSuspensions(String runId) {
    throw new UnsupportedOperationException();
  }

  /** Makes LOST trials pending again, for {@code resume --lost}; says how many. */
  public int reopenLost(String runId) {
    throw new UnsupportedOperationException();
  }
}
