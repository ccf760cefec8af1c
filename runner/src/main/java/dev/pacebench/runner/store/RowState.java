package dev.pacebench.runner.store;

/** What may happen to a trial next. */
public enum RowState {
  /** Waits for a slot. */
  PENDING,
  /** A slot of its owner works on it. */
  CLAIMED,
  /** Has its one result. */
  DONE
}
