package dev.pacebench.leaderboard.page.trial;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One agent phase, step by step.
 *
 * @param name of the task's step; empty for a task without steps
 * @param seconds how long it was; absent when unknown
 * @param ended what ended it, such as finished or deadline
 */
public record Act(
    String name, @Nullable Double seconds, String ended, List<Step> steps, List<String> notes) {

  public Act {
    requireNonNull(name, "name is null");
    requireNonNull(ended, "ended is null");
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /**
   * What was said and done at once.
   *
   * @param who system, user or agent; beside for a talk that is not the main one
   * @param began seconds from the start of the phase
   * @param waited seconds of the model's that were spent waiting for limits and between attempts
   * @param tokens of the answer
   * @param ended how an answer ended that did not come to its end, else empty
   */
  public record Step(
      String who,
      @Nullable Double began,
      @Nullable Double model,
      @Nullable Double tools,
      @Nullable Double waited,
      @Nullable Long tokens,
      String said,
      String reasoning,
      String ended,
      List<Command> commands,
      List<String> notes) {

    public Step {
      requireNonNull(who, "who is null");
      requireNonNull(said, "said is null");
      requireNonNull(reasoning, "reasoning is null");
      requireNonNull(ended, "ended is null");
      commands = List.copyOf(commands);
      notes = List.copyOf(notes);
    }
  }

  /**
   * What a tool was told, and what came back.
   *
   * @param text shell source, or the arguments as they are
   * @param shell whether it is shell source
   * @param output absent when nothing came back
   */
  public record Command(
      String tool,
      String text,
      boolean shell,
      @Nullable Integer exitCode,
      @Nullable Double seconds,
      @Nullable String output) {

    public Command {
      requireNonNull(tool, "tool is null");
      requireNonNull(text, "text is null");
    }
  }
}
