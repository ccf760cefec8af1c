package dev.pacebench.runner.store;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.sandbox.Owner;
import java.time.Instant;
import java.util.Optional;

/**
 * A trial as the database knows it.
 *
 * @param trialId folder name, unique in its run
 * @param ordinal place in the run's order, from 0
 * @param owner who claimed it, absent unless CLAIMED
 * @param claimedAt since when, absent unless CLAIMED
 * @param tries highest try number that the database heard of
 * @param reopenedAfter results of tries up to this number no longer count, 0 normally
 * @param result present exactly when DONE
 */
public record TrialRow(
    String runId,
    String trialId,
    int ordinal,
    String taskSet,
    String task,
    String taskDigest,
    String contender,
    String contenderDigest,
    int attempt,
    RowState state,
    Optional<Owner> owner,
    Optional<Instant> claimedAt,
    int tries,
    int reopenedAfter,
    Optional<TrialRecord> result) {

  public TrialRow {
    requireNonNull(runId, "runId is null");
    requireNonNull(trialId, "trialId is null");
    requireNonNull(state, "state is null");
    if ((state == RowState.DONE) != result.isPresent()) {
      throw new IllegalArgumentException("a result belongs to a DONE trial: " + trialId);
    }
  }
}
