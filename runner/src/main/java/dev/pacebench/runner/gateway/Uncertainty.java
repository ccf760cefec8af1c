package dev.pacebench.runner.gateway;

/**
 * How far the gateway's stopwatch was off when it was compared with the truth, as a run starts.
 *
 * @param samples gaps between events, and times to the first one, that were compared
 * @param p50Millis half of the errors are at most this
 * @param p99Millis 99 of 100 errors are at most this
 */
public record Uncertainty(int samples, double p50Millis, double p99Millis) {}
