package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Scripted work on one task: what a simulated model says and does, turn by turn.
 *
 * @param name of its file, without the ending
 * @param good whether it is meant to solve the task
 * @param turns at least one; the last one runs nothing
 */
public record Script(String name, boolean good, List<Turn> turns) {

  /**
   * One turn.
   *
   * @param reasoning visible thinking, may be empty
   * @param text what is said, may be empty
   * @param commands shell commands to run, each a tool call of its own
   * @param reasoningTokens tokens of the reasoning
   * @param outputTokens tokens of text and tool calls
   */
  public record Turn(
      String reasoning, String text, List<String> commands, int reasoningTokens, int outputTokens) {
    public Turn {
      requireNonNull(reasoning, "reasoning is null");
      requireNonNull(text, "text is null");
      commands = List.copyOf(commands);
    }
  }

  public Script {
    requireNonNull(name, "name is null");
    turns = List.copyOf(turns);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a script needs a turn");
    }
    if (!turns.get(turns.size() - 1).commands().isEmpty()) {
      throw new IllegalArgumentException("the last turn must run nothing");
    }
  }
}
