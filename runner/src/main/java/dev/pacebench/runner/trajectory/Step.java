package dev.pacebench.runner.trajectory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a trajectory; its number is its place.
 *
 * <p>Only an agent's step has reasoning, tool calls, a model or metrics.
 *
 * @param results of tools; each names a call of this step, or none
 */
record Step(
    Instant timestamp,
    Source source,
    String message,
    @Nullable String model,
    @Nullable String effort,
    @Nullable String reasoning,
    List<Call> calls,
    List<Result> results,
    @Nullable Metrics metrics,
    @Nullable ObjectNode extra) {

  /** Who speaks. */
  enum Source {
    SYSTEM,
    USER,
    AGENT
  }

  /**
   * A call of a tool.
   *
   * @param arguments as an object; what was none stands under one key
   */
  record Call(String id, String function, ObjectNode arguments) {}

  /** What a tool gave back. */
  record Result(@Nullable String callId, String content) {}

  /**
   * Tokens of one model call.
   *
   * @param extra what the format has no field for, such as latencies
   */
  record Metrics(
      @Nullable Long prompt, @Nullable Long completion, @Nullable Long cached, ObjectNode extra) {}

  Step {
    requireNonNull(timestamp, "timestamp is null");
    requireNonNull(source, "source is null");
    requireNonNull(message, "message is null");
    calls = List.copyOf(calls);
    results = List.copyOf(results);
    boolean agents =
        model != null
            || effort != null
            || reasoning != null
            || metrics != null
            || !calls.isEmpty()
            || !results.isEmpty();
    if (agents && source != Source.AGENT) {
      throw new IllegalArgumentException("a step of " + source + " has what only agents have");
    }
    for (Result result : results) {
      if (result.callId() != null
          && calls.stream().noneMatch(call -> call.id().equals(result.callId()))) {
        throw new IllegalArgumentException("a result names no call of its step");
      }
    }
  }

  /** Something said to the agent. */
  static Step said(Instant timestamp, Source source, String message, @Nullable ObjectNode extra) {
    return new Step(
        timestamp, source, message, null, null, null, List.of(), List.of(), null, extra);
  }
}
