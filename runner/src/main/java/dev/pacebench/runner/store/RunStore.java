package dev.pacebench.runner.store;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.sandbox.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Runs and trials in the database; the one truth about what is pending, claimed and done.
 *
 * <p>Safe for use by several threads and processes. Every change is one statement or one
 * transaction, and a trial that is DONE stays so unless it is LOST and reopened on request.
 */
public final class RunStore {

  private final Statements statements;
  private final Claims claims;
  private final String place;

  public RunStore(Database database) {
    this.statements = new Statements(database);
    this.claims = new Claims(statements, database);
    this.place = database.place();
  }

  /** Stores a run and those of its trials that are not stored yet, in one transaction. */
  public void create(Plan plan) {
    statements.in(handle -> RunInsert.insert(handle, plan));
  }

  /** Stores a run as it is known from its files, in one transaction. */
  public void restore(RunSettings settings, List<TrialRow> trials) {
    statements.in(handle -> RunInsert.restore(handle, settings, trials));
  }

  /** All runs, newest first. */
  public List<RunRow> runs() {
    return statements.in(
        handle -> {
          Map<String, Rows.Counts> counts = counts(handle);
          Map<String, Map<String, String>> held = suspensions(handle);
          return handle
              .createQuery("SELECT * FROM run ORDER BY created_at DESC, run_id DESC")
              .map((row, context) -> Rows.run(row, counts, held))
              .list();
        });
  }

  public Optional<RunRow> run(String runId) {
    return statements.in(
        handle -> {
          Map<String, Rows.Counts> counts = Map.of(runId, counts(handle, runId));
          Map<String, Map<String, String>> held = suspensions(handle);
          return handle
              .createQuery("SELECT * FROM run WHERE run_id = :run")
              .bind("run", runId)
              .map((row, context) -> Rows.run(row, counts, held))
              .findOne();
        });
  }

  /** The run of an id, a unique prefix of one, or {@code latest}; a UserError names candidates. */
  public RunRow resolve(String idOrPrefixOrLatest) {
    List<String> ids =
        statements.in(
            handle ->
                handle
                    .createQuery("SELECT run_id FROM run ORDER BY created_at DESC, run_id DESC")
                    .mapTo(String.class)
                    .list());
    String id = RunNames.resolve(idOrPrefixOrLatest, ids, place);
    return run(id)
        .orElseThrow(() -> new UserError(id, "the run is gone", "`pacebench runs` lists them"));
  }

  /** Results of all done trials, by run as given, then by ordinal. */
  public List<TrialRecord> results(List<String> runIds) {
    List<TrialRecord> all = new ArrayList<>();
    for (String runId : runIds) {
      all.addAll(
          statements.in(
              handle ->
                  handle
                      .createQuery(
                          "SELECT result FROM trial WHERE run_id = :run AND state = 'DONE'"
                              + " ORDER BY ordinal, trial_id")
                      .bind("run", runId)
                      .map((row, context) -> Rows.record(row.getString(1)))
                      .list()));
    }
    return all;
  }

  /** All trials of a run, by ordinal. */
  public List<TrialRow> trials(String runId) {
    return trialsWhere(runId, "");
  }

  /**
   * Gives all trials of a run to somebody, one after the other and each as it was at one instant,
   * without ever holding more than a few thousand; by trial id.
   */
  public void each(String runId, Consumer<TrialRow> taker) {
    TrialPages pages = new TrialPages(statements, runId);
    for (List<TrialRow> page = pages.next(); !page.isEmpty(); page = pages.next()) {
      page.forEach(taker);
    }
  }

  /** Some of a run's trials, by ordinal. */
  public List<TrialRow> trials(String runId, int from, int to) {
    return trialsWhere(runId, "AND ordinal >= " + from + " AND ordinal < " + to);
  }

  /** One trial. */
  public Optional<TrialRow> trial(String runId, String trialId) {
    return statements.in(
        handle ->
            handle
                .createQuery("SELECT * FROM trial WHERE run_id = :run AND trial_id = :trial")
                .bind("run", runId)
                .bind("trial", trialId)
                .map((row, context) -> Rows.trial(row))
                .findOne());
  }

  /** How far all runs are, newest first; costs little however many trials there are. */
  public List<RunPulse> pulse() {
    return statements.in(RunPulses::read);
  }

  /** Those of a run's trials that have no result, by ordinal. */
  public List<TrialRow> unfinished(String runId) {
    return trialsWhere(runId, "AND state <> 'DONE'");
  }

  private List<TrialRow> trialsWhere(String runId, String condition) {
    return statements.in(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM trial WHERE run_id = :run "
                        + condition
                        + " ORDER BY ordinal, trial_id")
                .bind("run", runId)
                .map((row, context) -> Rows.trial(row))
                .list());
  }

  /** Claims the next pending trial whose contender is not suspended. */
  public Optional<TrialRow> claim(String runId, Owner owner) {
    return claims.claim(runId, owner);
  }

  /**
   * Stores a result.
   *
   * @return false, and nothing changes, when the trial has one already that is another
   */
  public boolean finish(String runId, String trialId, TrialRecord result) {
    return claims.finish(runId, trialId, result);
  }

  /** Trials of a run in a state. */
  public int count(String runId, RowState state) {
    return claims.count(runId, state);
  }

  /** Whether a trial could be claimed now. */
  public boolean isAnyPending(String runId) {
    return claims.isAnyPending(runId);
  }

  /** Puts a claimed trial back. */
  public void release(String runId, String trialId, Owner owner) {
    claims.release(runId, trialId, owner);
  }

  /** Puts back what an owner has claimed, but for these trials; says how many. */
  public int releaseAll(String runId, Owner owner, Collection<String> but) {
    return claims.releaseAll(runId, owner, but);
  }

  /** Puts back what owners proven dead had claimed; says how many. */
  public int releaseDead(String runId) {
    return claims.releaseDead(runId);
  }

  /** Whether runners of other homes may work in the same database. */
  public boolean isShared() {
    return claims.isShared();
  }

  /** Says that an owner still works on what it claimed; others count on it where it matters. */
  public void stillThere(String runId, Owner owner) {
    claims.stillThere(runId, owner);
  }

  /** Leaves a contender's pending trials pending until {@link #liftSuspensions}. */
  public void suspend(String runId, String contender, String cause) {
    claims.suspend(runId, contender, cause);
  }

  /** Suspended contenders with the cause. */
  public Map<String, String> suspended(String runId) {
    return statements.in(handle -> suspensions(handle).getOrDefault(runId, Map.of()));
  }

  public void liftSuspensions(String runId) {
    claims.liftSuspensions(runId);
  }

  /** Makes LOST trials pending again, for {@code resume --lost}; says how many. */
  public int reopenLost(String runId) {
    return claims.reopenLost(runId);
  }

  /** Notes how a run stands and who executes it. */
  public void state(String runId, RunState state, String failure, Owner owner) {
    claims.state(runId, state, failure, owner);
  }

  private static final String COUNTS =
      """
      SELECT run_id, COUNT(*) AS planned,
             SUM(CASE WHEN state = 'DONE' THEN 1 ELSE 0 END) AS done,
             SUM(CASE WHEN state = 'CLAIMED' THEN 1 ELSE 0 END) AS running,
             SUM(CASE WHEN outcome = 'LOST' THEN 1 ELSE 0 END) AS lost,
             SUM(CASE WHEN outcome = 'SOLVED' THEN 1 ELSE 0 END) AS solved
        FROM trial""";

  private static Map<String, Rows.Counts> counts(Handle handle) {
    Map<String, Rows.Counts> counts = new HashMap<>();
    handle
        .createQuery(COUNTS + " GROUP BY run_id")
        .map((row, context) -> Map.entry(row.getString("run_id"), Rows.Counts.read(row)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private static Rows.Counts counts(Handle handle, String runId) {
    return handle
        .createQuery(COUNTS + " WHERE run_id = :run GROUP BY run_id")
        .bind("run", runId)
        .map((row, context) -> Rows.Counts.read(row))
        .findOne()
        .orElse(Rows.Counts.NONE);
  }

  private static Map<String, Map<String, String>> suspensions(Handle handle) {
    Map<String, Map<String, String>> held = new HashMap<>();
    handle
        .createQuery("SELECT run_id, contender, cause FROM suspension")
        .map((row, context) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(
            row ->
                held.computeIfAbsent(row.get(0), run -> new TreeMap<>())
                    .put(row.get(1), row.get(2)));
    return held;
  }
}
