package dev.pacebench.runner.agent.command;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program inside the sandbox: one command from the first to the last second of the phase. */
final class SandboxCommand implements Agent {

  /** No task has its work there. */
  static final String INSTRUCTION = "/run/pacebench/instruction.md";

  /** The deadline ends the phase; the command's own timeout must never come first. */
  private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(60);

  private static final int KEEP_BYTES = 4096;

  private final CommandSettings settings;

  SandboxCommand(CommandSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return CommandAgent.NAME;
  }

  @Override
  public String version() {
    return CommandAgent.VERSION;
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public boolean callsFromSandbox() {
    return true;
  }

  @Override
  public boolean retriesItself() {
    return settings.retriesItself();
  }

  @Override
  public boolean tellsTools() {
    return false;
  }

  @Override
  public void setUp(AgentContext context) throws InterruptedException {
    try {
      Path file = Files.createTempFile("pacebench-", ".md");
      try {
        Files.writeString(file, context.task().instruction());
        context.commands().put(file, INSTRUCTION, false);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the instruction cannot be written", e);
    }
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    context.states().accept(TrialState.CLIENT_OVERHEAD);
    // On the first line, so that the line numbers of the shell's complaints stay true.
    String from = settings.instructionOnStdin() ? "exec < " + INSTRUCTION + "; " : "";
    Command command =
        Command.of(from + settings.run(), context.limit().plus(BEYOND_DEADLINE))
            .withEnv(Variables.of(context, INSTRUCTION, true))
            .withKeepBytes(KEEP_BYTES);
    try (ProgramLogs logs = new ProgramLogs(context.logs())) {
      CommandResult result =
          context
              .commands()
              .run(
                  command,
                  (stream, bytes) -> {
                    if (stream == OutputListener.Stream.STDOUT) {
                      logs.stdout(bytes);
                    } else {
                      logs.stderr(bytes);
                    }
                  });
      context.states().accept(TrialState.AGENT_OTHER);
      return switch (result.end()) {
        case EXITED -> logs.end(result.exitCode());
        case DISPATCHER_LOST ->
            ProgramLogs.crashed("the agent's program killed what runs commands in the sandbox");
        case TIMED_OUT, KILLED, SANDBOX_ENDED ->
            new AgentEnd(Ended.DEADLINE, "the agent's program was stopped");
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + context.logs(), e);
    }
  }
}
