package dev.pacebench.runner.speed;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;

/**
 * One attempt of a probing call.
 *
 * @param step its conversation
 * @param conversation number of its conversation
 * @param cutOff whether it was given up because it took too long
 */
record Sample(ProbePlan.Step step, int conversation, CallRecord call, boolean cutOff) {
  Sample {
    requireNonNull(step, "step is null");
    requireNonNull(call, "call is null");
  }

  /** Whether figures may be taken from it. */
  boolean usable() {
    return !cutOff
        && call.answer().end().answered()
        && call.answer().usage() != null
        && call.times().send() != null;
  }

  /** Whether its time is known to be longer than what was waited, and no more. */
  boolean censored() {
    return cutOff || call.answer().end() == CallEnd.SILENT;
  }
}
