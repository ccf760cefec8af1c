package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.AgentSandbox;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.SandboxException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command of a helper, over three connections: one for each stream, and one by which the helper
 * is known to live and is told the exit code.
 */
final class RunCall {

  private static final Logger LOG = LoggerFactory.getLogger(RunCall.class);

  /** Exit code of a helper whose command was not run to its end. */
  private static final int GIVEN_UP = 125;

  private static final int STOPPED = 137;
  private static final int KEEP_BYTES = 4096;

  private final String script;
  private final Duration timeout;
  private final Socket end;
  private final Socket out;
  private final Socket err;

  RunCall(String script, Duration timeout, Socket out, Socket err, Socket end) {
    this.script = script;
    this.timeout = timeout;
    this.out = out;
    this.err = err;
    this.end = end;
  }

  /** Runs it and answers; the connections are closed afterwards. */
  void run(AgentSandbox sandbox, ToolStates states, CommandsLog log, ExecutorService threads) {
    try (end;
        out;
        err) {
      states.begin();
      try {
        answer(start(sandbox, log, threads));
      } finally {
        states.end();
      }
    } catch (SandboxException e) {
      LOG.debug("a command of the agent's program was refused", e);
    } catch (IOException | RejectedExecutionException e) {
      LOG.debug("a helper has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int start(AgentSandbox sandbox, CommandsLog log, ExecutorService threads)
      throws IOException, InterruptedException {
    Killer killer = new Killer();
    OutputPump outPump = new OutputPump(out.getOutputStream(), killer::kill);
    OutputPump errPump = new OutputPump(err.getOutputStream(), () -> {});
    long began = System.nanoTime();
    RunningCommand command;
    try {
      command =
          sandbox.start(
              Command.of(script, timeout).withKeepBytes(KEEP_BYTES),
              (stream, bytes) ->
                  (stream == OutputListener.Stream.STDOUT ? outPump : errPump).add(bytes));
    } catch (SandboxException e) {
      say(String.valueOf(e.getMessage()));
      return GIVEN_UP;
    }
    killer.watch(command);
    Future<?> outDone = threads.submit(outPump);
    Future<?> errDone = threads.submit(errPump);
    threads.execute(() -> awaitHelper(killer));
    CommandResult result;
    try {
      result = command.await();
    } catch (InterruptedException e) {
      command.kill();
      throw e;
    } finally {
      outPump.end();
      errPump.end();
    }
    log.add(script, began, result, outPump.total(), errPump.total());
    await(outDone);
    await(errDone);
    long dropped = outPump.dropped() + errPump.dropped();
    if (dropped > 0) {
      say(dropped + " bytes of output are lost, since nobody read them in time");
      return GIVEN_UP;
    }
    return switch (result.end()) {
      case EXITED -> result.exitCode();
      case TIMED_OUT, KILLED, SANDBOX_ENDED -> STOPPED;
      case DISPATCHER_LOST -> {
        say("the command killed what runs commands, how it ended is unknown");
        yield GIVEN_UP;
      }
    };
  }

  private static void await(Future<?> pump) throws InterruptedException {
    try {
      pump.get();
    } catch (ExecutionException e) {
      LOG.warn("the output of a command was not passed on", e);
    }
  }

  /** A helper says nothing more; when its connection ends before the command does, it has gone. */
  private void awaitHelper(Killer killer) {
    try {
      if (end.getInputStream().read() < 0) {
        killer.kill();
      }
    } catch (IOException e) {
      killer.kill();
    }
  }

  private void say(String what) throws IOException {
    err.getOutputStream().write(("pacebench: " + what + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The helper reads the code when both of its streams have ended. */
  private void answer(int code) throws IOException {
    out.shutdownOutput();
    err.shutdownOutput();
    end.getOutputStream().write((code + "\n").getBytes(StandardCharsets.US_ASCII));
    end.shutdownOutput();
  }

  /** Kills the command, also when asked before it is known. */
  private static final class Killer {

    private @org.jspecify.annotations.Nullable RunningCommand command;
    private boolean asked;

    synchronized void watch(RunningCommand started) {
      command = started;
      if (asked) {
        started.kill();
      }
    }

    synchronized void kill() {
      asked = true;
      if (command != null) {
        command.kill();
      }
    }
  }
}
