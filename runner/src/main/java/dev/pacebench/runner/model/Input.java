package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

/** What is said to a model. */
public sealed interface Input {

  /** Words of the user. */
  record UserText(String text) implements Input {
    public UserText {
      requireNonNull(text, "text is null");
    }
  }

  /** What the model itself had said in an answer that was cut off; goes before what follows it. */
  record ModelText(String text) implements Input {
    public ModelText {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * What came of a tool call.
   *
   * @param callId of the call; every call of a turn needs its result before the next turn
   * @param failed whether the tool could not be run, for protocols that tell the model so
   */
  record ToolResult(String callId, String output, boolean failed) implements Input {
    public ToolResult {
      requireNonNull(callId, "callId is null");
      requireNonNull(output, "output is null");
    }
  }
}
