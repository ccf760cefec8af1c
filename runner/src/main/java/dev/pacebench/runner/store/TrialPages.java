package dev.pacebench.runner.store;

import java.util.List;

/**
 * A run's trials, some thousands at a time.
 *
 * <p>A result set of H2 is complete before its first row is seen, so a cursor would hold all of it;
 * each page begins after the last one's end instead, one step into the index of trial ids.
 */
final class TrialPages {

  private static final int ROWS = 4_000;

  private static final String PAGE =
      """
      SELECT * FROM trial WHERE run_id = :run AND trial_id > :last
       ORDER BY run_id, trial_id LIMIT %d"""
          .formatted(ROWS);

  private final Statements statements;
  private final String runId;
  private String last = "";

  TrialPages(Statements statements, String runId) {
    this.statements = statements;
    this.runId = runId;
  }

  /** The next page, empty at the end. */
  List<TrialRow> next() {
    List<Rows.Unread> rows =
        statements.in(
            handle ->
                handle
                    .createQuery(PAGE)
                    .bind("run", runId)
                    .bind("last", last)
                    .setFetchSize(ROWS)
                    .map((row, context) -> Rows.unread(row))
                    .list());
    if (!rows.isEmpty()) {
      last = rows.get(rows.size() - 1).trialId();
    }
    // Reading results takes longer than fetching them, and they do not depend on each other.
    return rows.parallelStream().map(Rows.Unread::read).toList();
  }
}
