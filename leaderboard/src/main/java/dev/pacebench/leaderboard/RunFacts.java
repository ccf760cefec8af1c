package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

/**
 * What a table says of a run besides its trials.
 *
 * @param run id of the run
 * @param sandbox docker or local
 * @param slots concurrent trials, -j
 */
public record RunFacts(String run, String sandbox, int slots) {

  public RunFacts {
    requireNonNull(run, "run is null");
    requireNonNull(sandbox, "sandbox is null");
    if (slots < 1) {
      throw new IllegalArgumentException("slots count from 1, is " + slots);
    }
  }
}
