package dev.pacebench.runner.gateway.wire;

/** What a piece of model output is. */
enum Piece {
  REASONING("reasoning"),
  TEXT("text"),
  TOOL_ARGUMENTS("tool_arguments"),
  /** The start of an item or block, which carries no characters yet. */
  ITEM("item");

  private final String word;

  Piece(String word) {
    this.word = word;
  }

  /** As files write it. */
  String word() {
    return word;
  }

  /** Whether the agent can use it, as against thinking aloud. */
  boolean isAnswer() {
    return this == TEXT || this == TOOL_ARGUMENTS;
  }
}
