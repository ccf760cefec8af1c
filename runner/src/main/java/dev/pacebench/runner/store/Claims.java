package dev.pacebench.runner.store;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.OwnerJson;
import dev.pacebench.sandbox.Owner;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements that move a trial from PENDING over CLAIMED to DONE, and back. */
final class Claims {

  /** Where several hosts share a database, a claim not renewed for so long is given up. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final String PUT_BACK =
      "UPDATE trial SET state = 'PENDING', owner = NULL, claimed_at = NULL, seen_at = NULL"
          + " WHERE run_id = :run AND state = 'CLAIMED' AND ";

  private final Statements statements;
  private final Database database;

  Claims(Statements statements, Database database) {
    this.statements = statements;
    this.database = database;
  }

  Optional<TrialRow> claim(String runId, Owner owner) {
    while (true) {
      Optional<TrialRow> row = statements.in(handle -> claimOnce(handle, runId, owner));
      if (row.isPresent() || !isAnyPending(runId)) {
        return row;
      }
    }
  }

  private Optional<TrialRow> claimOnce(Handle handle, String runId, Owner owner) {
    return handle
        .createQuery(database.dialect().claim())
        .bind("run", runId)
        .bind("owner", OwnerJson.write(owner))
        .bind("now", Rows.now())
        .map((row, context) -> Rows.trial(row))
        .findOne();
  }

  /** Whether a claim may have failed only because another one was faster. */
  private static boolean isAnyPending(Handle handle, String runId) {
    return handle
        .createQuery(
            "SELECT id FROM trial WHERE run_id = :run AND state = 'PENDING' AND held = FALSE"
                + " LIMIT 1")
        .bind("run", runId)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  boolean isAnyPending(String runId) {
    return statements.in(handle -> isAnyPending(handle, runId));
  }

  int count(String runId, RowState state) {
    return statements.in(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM trial WHERE run_id = :run AND state = :state")
                .bind("run", runId)
                .bind("state", state.name())
                .mapTo(Integer.class)
                .one());
  }

  boolean isShared() {
    return database.isShared();
  }

  boolean finish(String runId, String trialId, TrialRecord result) {
    String json = Rows.write(result);
    return statements.in(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE trial SET state = 'DONE', owner = NULL, claimed_at = NULL,"
                          + " seen_at = NULL, tries = :tries, outcome = :outcome, result = :result"
                          + " WHERE run_id = :run AND trial_id = :trial AND state <> 'DONE'")
                  .bind("tries", result.tries())
                  .bind("outcome", result.outcome().name())
                  .bind("result", json)
                  .bind("run", runId)
                  .bind("trial", trialId)
                  .execute();
          // The same result may come twice when the connection was lost after the first time.
          return changed == 1 || isStored(handle, runId, trialId, json);
        });
  }

  private static boolean isStored(Handle handle, String runId, String trialId, String json) {
    return handle
        .createQuery("SELECT result FROM trial WHERE run_id = :run AND trial_id = :trial")
        .bind("run", runId)
        .bind("trial", trialId)
        .mapTo(String.class)
        .findOne()
        .filter(json::equals)
        .isPresent();
  }

  void release(String runId, String trialId, Owner owner) {
    statements.in(
        handle ->
            handle
                .createUpdate(PUT_BACK + "trial_id = :trial AND owner = :owner")
                .bind("run", runId)
                .bind("trial", trialId)
                .bind("owner", OwnerJson.write(owner))
                .execute());
  }

  int releaseAll(String runId, Owner owner, Collection<String> but) {
    return statements.in(
        handle -> {
          int released = 0;
          for (String trialId : claimedBy(handle, runId, owner)) {
            if (!but.contains(trialId)) {
              released +=
                  handle
                      .createUpdate(PUT_BACK + "trial_id = :trial AND owner = :owner")
                      .bind("run", runId)
                      .bind("trial", trialId)
                      .bind("owner", OwnerJson.write(owner))
                      .execute();
            }
          }
          return released;
        });
  }

  private static List<String> claimedBy(Handle handle, String runId, Owner owner) {
    return handle
        .createQuery(
            "SELECT trial_id FROM trial"
                + " WHERE run_id = :run AND state = 'CLAIMED' AND owner = :owner")
        .bind("run", runId)
        .bind("owner", OwnerJson.write(owner))
        .mapTo(String.class)
        .list();
  }

  int releaseDead(String runId) {
    return statements.in(
        handle -> {
          int released = 0;
          for (String owner : owners(handle, runId)) {
            // Text that names nobody was written by nobody who still lives.
            if (OwnerJson.read(owner).map(Owner::isDead).orElse(true)) {
              released +=
                  handle
                      .createUpdate(PUT_BACK + "owner = :owner")
                      .bind("run", runId)
                      .bind("owner", owner)
                      .execute();
            }
          }
          if (database.isShared()) {
            OffsetDateTime heardOf = Rows.now().minus(SILENCE);
            released +=
                handle
                    .createUpdate(PUT_BACK + "seen_at < :heardOf")
                    .bind("run", runId)
                    .bind("heardOf", heardOf)
                    .execute();
          }
          return released;
        });
  }

  private static List<String> owners(Handle handle, String runId) {
    return handle
        .createQuery("SELECT DISTINCT owner FROM trial WHERE run_id = :run AND state = 'CLAIMED'")
        .bind("run", runId)
        .mapTo(String.class)
        .list();
  }

  void stillThere(String runId, Owner owner) {
    if (!database.isShared()) {
      return;
    }
    statements.in(
        handle ->
            handle
                .createUpdate(
                    "UPDATE trial SET seen_at = :now"
                        + " WHERE run_id = :run AND state = 'CLAIMED' AND owner = :owner")
                .bind("now", Rows.now())
                .bind("run", runId)
                .bind("owner", OwnerJson.write(owner))
                .execute());
  }

  void suspend(String runId, String contender, String cause) {
    statements.in(
        handle -> {
          handle
              .createUpdate("DELETE FROM suspension WHERE run_id = :run AND contender = :contender")
              .bind("run", runId)
              .bind("contender", contender)
              .execute();
          handle
              .createUpdate(
                  "INSERT INTO suspension (run_id, contender, cause)"
                      + " VALUES (:run, :contender, :cause)")
              .bind("run", runId)
              .bind("contender", contender)
              .bind("cause", cause.length() > 2000 ? cause.substring(0, 2000) : cause)
              .execute();
          // Also those claimed: a trial that is put back must not be claimed again.
          return handle
              .createUpdate(
                  "UPDATE trial SET held = TRUE"
                      + " WHERE run_id = :run AND contender = :contender AND state <> 'DONE'")
              .bind("run", runId)
              .bind("contender", contender)
              .execute();
        });
  }

  void liftSuspensions(String runId) {
    statements.in(
        handle -> {
          handle
              .createUpdate("DELETE FROM suspension WHERE run_id = :run")
              .bind("run", runId)
              .execute();
          return handle
              .createUpdate("UPDATE trial SET held = FALSE WHERE run_id = :run AND held = TRUE")
              .bind("run", runId)
              .execute();
        });
  }

  int reopenLost(String runId) {
    return statements.in(
        handle ->
            handle
                .createUpdate(
                    "UPDATE trial SET state = 'PENDING', reopened_after = tries, outcome = NULL,"
                        + " result = NULL"
                        + " WHERE run_id = :run AND state = 'DONE' AND outcome = 'LOST'")
                .bind("run", runId)
                .execute());
  }

  void state(String runId, RunState state, String failure, Owner owner) {
    statements.in(
        handle ->
            handle
                .createUpdate(
                    "UPDATE run SET state = :state, failure = :failure, owner = :owner"
                        + " WHERE run_id = :run")
                .bind("state", state.name())
                .bind("failure", failure.length() > 8000 ? failure.substring(0, 8000) : failure)
                .bind("owner", OwnerJson.write(owner))
                .bind("run", runId)
                .execute());
  }
}
