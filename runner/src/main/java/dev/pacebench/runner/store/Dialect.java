package dev.pacebench.runner.store;

/** What H2 and PostgreSQL say differently: the one statement that claims a trial. */
enum Dialect {
  // H2 would lock every pending row before it takes the first, so the outer condition decides.
  H2("SELECT * FROM FINAL TABLE ($claim)", ""),
  POSTGRES("$claim RETURNING *", " FOR UPDATE SKIP LOCKED");

  // Every column of the index is named in ORDER BY, so that both engines walk it and stop at once.
  private static final String CLAIM =
      """
      UPDATE trial SET state = 'CLAIMED', owner = :owner, claimed_at = :now, seen_at = :now
       WHERE state = 'PENDING' AND id = (
         SELECT id FROM trial WHERE run_id = :run AND state = 'PENDING' AND held = FALSE
          ORDER BY run_id, state, held, ordinal LIMIT 1$lock)""";

  private final String claim;

  Dialect(String frame, String lock) {
    this.claim = frame.replace("$claim", CLAIM.replace("$lock", lock));
  }

  String claim() {
    return claim;
  }
}
