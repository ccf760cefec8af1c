package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;

/**
 * A trial's result on its way to the database; its evidence is in place.
 *
 * @param lostCause a stable word when it was LOST, empty otherwise
 */
record Finished(Claim claim, TrialRecord record, String lostCause) {}
