package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;

/**
 * One answer of a model.
 *
 * @param text what it said; of a refusal, its words
 * @param reasoning what it let be seen of its thinking
 * @param calls tools that it wants run, in its order
 * @param stop why the answer ended
 * @param usage tokens; {@link CallUsage#NONE} when none were reported
 */
public record Turn(
    String text, String reasoning, List<ToolCall> calls, Stop stop, CallUsage usage) {

  /** Why an answer ended. */
  public enum Stop {
    /** The model had said what it wanted to say. */
    END,
    /** It waits for the results of its calls. */
    TOOL_CALLS,
    /** At the limit of output tokens; calls that were cut off are left out. */
    MAX_TOKENS,
    /** The model or its provider declined. */
    REFUSED,
    /** The conversation no longer fits the model. */
    CONTEXT_OVERFLOW,
    /** It ended in order with neither text nor calls. */
    EMPTY
  }

  public Turn {
    requireNonNull(text, "text is null");
    requireNonNull(reasoning, "reasoning is null");
    requireNonNull(stop, "stop is null");
    requireNonNull(usage, "usage is null");
    calls = List.copyOf(calls);
  }

  static Turn overflow() {
    return new Turn("", "", List.of(), Stop.CONTEXT_OVERFLOW, CallUsage.NONE);
  }
}
