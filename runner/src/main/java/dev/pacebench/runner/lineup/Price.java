package dev.pacebench.runner.lineup;

/** Money for a million tokens, by kind. */
public record Price(double input, double cachedInput, double cacheWrite, double output) {}
