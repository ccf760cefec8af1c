package dev.pacebench.sandbox;

import java.time.Duration;

/** A process in a sandbox, as the host sees it. */
public record ProcessInfo(long pid, String command, Duration cpu) {}
