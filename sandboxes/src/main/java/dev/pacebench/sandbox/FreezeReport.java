package dev.pacebench.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * What happened when a sandbox was stopped at a deadline.
 *
 * @param frozenAfter from the request until nothing in the sandbox could run any more
 * @param elapsed from the request until the sandbox was usable again
 * @param killed processes that were killed
 * @param remaining processes found afterwards beside the keep-alive; empty is the proof
 * @param restarted whether the sandbox had to be stopped and started again, as engines elsewhere
 *     need
 */
public record FreezeReport(
    Duration frozenAfter,
    Duration elapsed,
    int killed,
    List<ProcessInfo> remaining,
    boolean restarted) {}
