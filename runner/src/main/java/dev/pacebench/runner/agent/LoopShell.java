package dev.pacebench.runner.agent;

import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import java.time.Duration;
import java.util.Map;

/** Runs a model's commands in the sandbox, one after another. */
final class LoopShell {

  /** Programs that wait for a key or draw on a terminal would only hold a command up. */
  private static final Map<String, String> ENV =
      Map.of(
          "DEBIAN_FRONTEND", "noninteractive",
          "GIT_PAGER", "cat",
          "MANPAGER", "cat",
          "PAGER", "cat",
          "PIP_PROGRESS_BAR", "off",
          "TERM", "dumb");

  /** One stream in order of writing; on the first line, so that line numbers stay true. */
  private static final String TOGETHER = "exec 2>&1; ";

  private final AgentContext context;

  LoopShell(AgentContext context) {
    this.context = context;
  }

  /**
   * What came of a command.
   *
   * @param shown what the model is told
   * @param steered whether it was stopped for new instructions
   */
  record Ran(CommandResult.End end, int exitCode, String shown, Duration took, boolean steered) {

    /** Whether the sandbox was stopped under it. */
    boolean sandboxEnded() {
      return end == CommandResult.End.SANDBOX_ENDED
          || (end == CommandResult.End.KILLED && !steered);
    }
  }

  /**
   * Runs a command; an interruption kills it. A command that would outlast the deadline is not cut
   * to it: who ends what at that moment must not be a race.
   */
  Ran run(LoopCommand wanted, LoopSteering steering) throws InterruptedException {
    Command command =
        Command.of(TOGETHER + wanted.script(), wanted.timeout())
            .withEnv(ENV)
            .withKeepBytes(LoopOutput.KEEP_BYTES);
    context.states().accept(TrialState.TOOL_DISPATCH);
    RunningCommand running = context.commands().start(command, OutputListener.NONE);
    context.states().accept(TrialState.TOOL_EXEC);
    steering.enter(running::kill);
    boolean steered;
    try {
      CommandResult result;
      try {
        result = running.await();
      } finally {
        steered = steering.leave();
      }
      context.states().accept(TrialState.CLIENT_OVERHEAD);
      return new Ran(
          result.end(),
          result.exitCode(),
          shown(result, wanted.timeout(), steered),
          result.elapsed(),
          steered);
    } catch (InterruptedException e) {
      running.kill();
      throw e;
    }
  }

  private static String shown(CommandResult result, Duration timeout, boolean steered) {
    String output = LoopOutput.shown(result.stdout());
    // Before the streams are joined, the shell may complain of the source itself.
    String errors = LoopOutput.shown(result.stderr());
    String first =
        switch (result.end()) {
          case EXITED -> "exit code: " + result.exitCode();
          case TIMED_OUT -> "killed after " + timeout.toSeconds() + " s, its time limit";
          case KILLED, SANDBOX_ENDED ->
              steered ? "stopped, since new instructions came" : "stopped";
          case DISPATCHER_LOST ->
              "how it ended is unknown, since it killed what runs commands in the sandbox";
        };
    StringBuilder text = new StringBuilder(first);
    for (String part : new String[] {errors, output}) {
      if (!part.isEmpty()) {
        text.append('\n').append(part.stripTrailing());
      }
    }
    return text.toString();
  }
}
