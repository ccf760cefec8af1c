package dev.pacebench.leaderboard;

import java.util.Locale;

/** What ended the agent phase; says nothing of right or wrong. */
public enum Ended {
  /** The agent stopped by itself. */
  FINISHED,
  /** The time limit. */
  DEADLINE,
  /** The contender's limit of steps. */
  STEP_LIMIT,
  /** The contender's limit of tokens. */
  TOKEN_LIMIT,
  /** The contender's limit of money. */
  COST_LIMIT,
  /** The conversation no longer fitted the model. */
  CONTEXT_OVERFLOW,
  /** The model refused the work. */
  REFUSED,
  /** The agent's own program ended wrongly. */
  CRASHED,
  /** The trial was given up from outside. */
  CANCELLED;

  /** As written in files: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}. */
  public static Ended ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
