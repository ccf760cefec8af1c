package dev.pacebench.tasks;

/** What a task asks of the network in one phase. */
public enum Network {
  /** Any host may be reached. */
  PUBLIC,
  /** No host may be reached. */
  NONE,
  /** Only named hosts may be reached. */
  ALLOWLIST
}
