package dev.pacebench.leaderboard;

import java.util.Map;

/**
 * Numbers of a trial that a board sums up, beside its time: first the exclusive parts of the agent
 * phase, then what estimates and notes need.
 */
public enum TrialFigure {
  MODEL_WAITING,
  GENERATING,
  TOOLS,
  OVERHEAD,
  LIMITS_AND_RETRIES,
  OTHER,
  NETWORK,
  CALLS,
  OUTPUT_TOKENS,
  TOKENS_PER_SECOND,
  FIRST_TOKEN,
  COST,
  INSTRUMENT_ERROR;

  /** Of a trial; NaN where it does not say. */
  double of(TrialRecord trial) {
    Map<String, Double> states = trial.timeline();
    Map<String, Double> figures = trial.figures();
    boolean timed = states.containsKey("agent_start") || figures.containsKey("model_seconds");
    double value =
        switch (this) {
          case MODEL_WAITING -> timed ? sum(states, "connect", "upload", "wait_first") : Double.NaN;
          case GENERATING ->
              timed ? sum(states, "reasoning_stream", "answer_stream", "stream_tail") : Double.NaN;
          case TOOLS -> timed ? sum(states, "tool_exec", "tool_dispatch") : Double.NaN;
          case OVERHEAD ->
              timed ? sum(states, "agent_start", "client_overhead", "compaction") : Double.NaN;
          case LIMITS_AND_RETRIES ->
              timed ? sum(states, "failed_attempt", "backoff", "ratelimit_wait") : Double.NaN;
          case OTHER -> timed ? sum(states, "agent_other") : Double.NaN;
          case NETWORK -> timed ? sum(states, "connect", "upload") : Double.NaN;
          case CALLS -> figures.getOrDefault("calls", Double.NaN);
          case OUTPUT_TOKENS -> figures.getOrDefault("output_tokens", Double.NaN);
          case TOKENS_PER_SECOND -> figures.getOrDefault("tokens_per_second_median", Double.NaN);
          case FIRST_TOKEN -> figures.getOrDefault("first_token_seconds_median", Double.NaN);
          case COST -> figures.getOrDefault("cost", Double.NaN);
          case INSTRUMENT_ERROR -> figures.getOrDefault("instrument_error_ms", Double.NaN);
        };
    return value >= 0 && value < Double.MAX_VALUE ? value : Double.NaN;
  }

  private static double sum(Map<String, Double> states, String... names) {
    double sum = 0;
    for (String name : names) {
      Double seconds = states.get(name);
      sum += seconds == null ? 0 : seconds;
    }
    return sum;
  }
}
