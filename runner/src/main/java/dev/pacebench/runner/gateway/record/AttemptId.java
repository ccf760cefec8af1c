package dev.pacebench.runner.gateway.record;

/** Names an attempt of a call within its trial. */
record AttemptId(int seq, int attempt) {}
