package dev.pacebench.runner.agent;

import dev.pacebench.sandbox.Change;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.Output;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxConditions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Answers commands as a test wants it; runs nothing. */
final class FakeSandbox implements Sandbox {

  /** A command that does not end by itself. */
  static final String SLEEP = "sleep";

  final List<Command> commands = new ArrayList<>();
  final CountDownLatch sleeping = new CountDownLatch(1);
  final CountDownLatch killed = new CountDownLatch(1);
  private final Function<String, CommandResult> results;

  FakeSandbox(Function<String, CommandResult> results) {
    this.results = results;
  }

  static CommandResult result(CommandResult.End end, int exitCode, String output) {
    return new CommandResult(end, exitCode, output(output), output(""), Duration.ofMillis(7));
  }

  private static Output output(String text) {
    return new Output(text.getBytes(StandardCharsets.UTF_8), new byte[0], 0);
  }

  @Override
  public RunningCommand start(Command command, OutputListener live) {
    commands.add(command);
    return new RunningCommand() {
      @Override
      public CommandResult await() throws InterruptedException {
        if (command.script().contains(SLEEP)) {
          sleeping.countDown();
          killed.await();
          return result(CommandResult.End.KILLED, 137, "");
        }
        return results.apply(command.script());
      }

      @Override
      public void kill() {
        killed.countDown();
      }
    };
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public void put(Path source, String target, boolean executable) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean get(String source, Path target, long maxBytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void network(NetworkMode mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FreezeReport freezeAndKill() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ProcessInfo> processes() {
    return List.of();
  }

  @Override
  public List<Change> diff() {
    return List.of();
  }

  @Override
  public Output lateOutput() {
    return output("");
  }

  @Override
  public void renewDispatcher() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SandboxConditions conditions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
