package dev.pacebench.runner.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is.
 *
 * @param underWay whether somebody works on it; the counts are 0 of any other
 * @param running trials that are claimed
 */
public record RunPulse(
    String runId, RunState state, boolean underWay, int planned, int done, List<Running> running) {

  public RunPulse {
    requireNonNull(runId, "runId is null");
    requireNonNull(state, "state is null");
    running = List.copyOf(running);
  }

  /** A trial that somebody works on. */
  public record Running(
      String trialId,
      String taskSet,
      String task,
      String contender,
      int attempt,
      Optional<Instant> since) {}
}
