package dev.pacebench.runner.trial;

import dev.pacebench.runner.timeline.TrialState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The agent phase in five parts, whose sum is {@code agent_seconds} to the nanosecond.
 *
 * @param other what nobody named
 */
record PhaseParts(long model, long tool, long waiting, long overhead, long other) {

  static PhaseParts of(Map<TrialState, Long> nanos) {
    long model = 0;
    long tool = 0;
    long waiting = 0;
    long overhead = 0;
    long other = 0;
    for (Map.Entry<TrialState, Long> entry : nanos.entrySet()) {
      long value = entry.getValue();
      switch (entry.getKey()) {
        case CONNECT, UPLOAD, WAIT_FIRST, REASONING_STREAM, ANSWER_STREAM, STREAM_TAIL ->
            model += value;
        case TOOL_EXEC, TOOL_DISPATCH -> tool += value;
        case FAILED_ATTEMPT, BACKOFF, RATELIMIT_WAIT -> waiting += value;
        case AGENT_START, CLIENT_OVERHEAD, COMPACTION -> overhead += value;
        case AGENT_OTHER -> other += value;
        // Waits for our own limits are no part of the agent's time, nor is what is no phase of it.
        default -> {}
      }
    }
    return new PhaseParts(model, tool, waiting, overhead, other);
  }

  /** By the names of figures. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("model_seconds", model / 1e9);
    seconds.put("tool_seconds", tool / 1e9);
    seconds.put("waiting_seconds", waiting / 1e9);
    seconds.put("overhead_seconds", overhead / 1e9);
    seconds.put("other_seconds", other / 1e9);
    return seconds;
  }
}
