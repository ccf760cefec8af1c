package dev.pacebench.runner.lineup;

import java.time.Duration;
import java.util.Optional;

/** Limits that a contender sets; the smaller of these and the task's holds. */
public record ContenderLimits(Optional<Duration> time) {

  public static ContenderLimits none() {
    return new ContenderLimits(Optional.empty());
  }
}
