package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Scripted work on one task: what a simulated model says and does, turn by turn.
 *
 * @param name of its file, without the ending
 * @param good whether it is meant to solve the task
 * @param turns at least one; the last one runs nothing
 * @param later what is said and done after further instructions
 */
public record Script(String name, boolean good, List<Turn> turns, List<Later> later) {

  /**
   * What is said and done once the user has said something further: a step's instruction, or new
   * instructions that interrupt.
   *
   * @param when words of that message
   * @param turns as those of a script
   */
  public record Later(String when, List<Turn> turns) {
    public Later {
      requireNonNull(when, "when is null");
      turns = checked(turns);
    }
  }

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
    turns = checked(turns);
    later = List.copyOf(later);
  }

  /** A script for one instruction. */
  public Script(String name, boolean good, List<Turn> turns) {
    this(name, good, turns, List.of());
  }

  /** The turns of a part: 0 is the first one, those after it are {@link #later}. */
  List<Turn> part(int part) {
    return part == 0 ? turns : later.get(part - 1).turns();
  }

  /** The number of a part's first turn, counted over all parts. */
  int firstTurn(int part) {
    int first = 0;
    for (int i = 0; i < part; i++) {
      first += part(i).size();
    }
    return first;
  }

  /** The part that a message of the user begins, or -1. */
  int begunBy(String words) {
    for (int i = later.size() - 1; i >= 0; i--) {
      if (words.contains(later.get(i).when())) {
        return i + 1;
      }
    }
    return -1;
  }

  private static List<Turn> checked(List<Turn> turns) {
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a script needs a turn");
    }
    if (!turns.get(turns.size() - 1).commands().isEmpty()) {
      throw new IllegalArgumentException("the last turn must run nothing");
    }
    return List.copyOf(turns);
  }
}
