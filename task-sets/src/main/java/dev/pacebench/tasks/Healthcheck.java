package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A command that must succeed in the sandbox before the agent phase starts. */
public record Healthcheck(
    String command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {

  public Healthcheck {
    requireNonNull(command, "command is null");
    requireNonNull(interval, "interval is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(startPeriod, "startPeriod is null");
    requireNonNull(startInterval, "startInterval is null");
    if (retries < 1) {
      throw new IllegalArgumentException("retries is not positive: " + retries);
    }
  }
}
