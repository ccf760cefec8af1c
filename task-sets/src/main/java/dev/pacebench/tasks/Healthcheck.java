package dev.pacebench.tasks;

import java.time.Duration;

/** A command that must succeed in the sandbox before the agent phase starts. */
public record Healthcheck(
    String command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {}
