package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One part of an answer.
 *
 * @param kind what it is
 * @param pieces what is sent of it; of a tool call its arguments
 * @param call the tool call, for that kind alone
 */
record Part(Kind kind, Pieces pieces, Optional<Call> call) {

  enum Kind {
    REASONING,
    TEXT,
    TOOL_CALL
  }

  /**
   * A command as a call of the caller's tool.
   *
   * @param id carries the turn, so that the next turn can be told from a request alone
   */
  record Call(String id, ShellTool tool, String command) {}

  Part {
    requireNonNull(pieces, "pieces is null");
    if (call.isPresent() != (kind == Kind.TOOL_CALL)) {
      throw new IllegalArgumentException("a tool call, and nothing else, has a call");
    }
  }

  /** The call of a tool call. */
  Call toolCall() {
    return call.orElseThrow();
  }
}
