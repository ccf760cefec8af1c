package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

/**
 * What a table says of a run besides its trials.
 *
 * @param run id of the run
 * @param sandbox docker or local
 * @param slots concurrent trials, -j
 * @param attempts planned per task and contender; 0 when unknown
 * @param engine what ran the sandboxes, with its version; empty when unknown
 */
public record RunFacts(String run, String sandbox, int slots, int attempts, String engine) {

  public RunFacts {
    requireNonNull(run, "run is null");
    requireNonNull(sandbox, "sandbox is null");
    requireNonNull(engine, "engine is null");
    if (slots < 1) {
      throw new IllegalArgumentException("slots count from 1, is " + slots);
    }
  }

  /** Without what is only said where it is known. */
  public RunFacts(String run, String sandbox, int slots) {
    this(run, sandbox, slots, 0, "");
  }
}
