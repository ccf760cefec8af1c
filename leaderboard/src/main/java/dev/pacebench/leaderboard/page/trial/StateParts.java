package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.trial.TrialStory.SpentState;

/** Which part of a decomposition a state belongs to, as {@code TrialFigure} sums them up. */
final class StateParts {

  private StateParts() {}

  static String of(SpentState state) {
    if (!state.agentPhase()) {
      return "outside";
    }
    return switch (state.name()) {
      case "connect", "upload", "wait_first" -> "waiting";
      case "reasoning_stream", "answer_stream", "stream_tail" -> "generating";
      case "tool_exec", "tool_dispatch" -> "tools";
      case "agent_start", "client_overhead", "compaction" -> "overhead";
      case "failed_attempt", "backoff", "ratelimit_wait", "limiter_wait" -> "limits";
      default -> "other";
    };
  }

  /** As a legend says it. */
  static String words(String part) {
    return switch (part) {
      case "waiting" -> "waiting for the model";
      case "generating" -> "the model writing";
      case "limits" -> "limits and retries";
      default -> part;
    };
  }
}
