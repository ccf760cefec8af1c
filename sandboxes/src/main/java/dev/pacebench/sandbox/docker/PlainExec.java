package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.OutputListener.Stream;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.dispatch.Environment;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.dispatch.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One command as an exec of its own, for architectures without a dispatcher.
 *
 * <p>The engine makes it a session of its own, so its process group can be killed. Its end is seen
 * by asking, since its output stream ends only with its last background process.
 */
final class PlainExec extends ResultCallback.Adapter<Frame> implements RunningCommand {

  private static final String SHELL =
      "command -v bash >/dev/null 2>&1 && exec bash -c \"$0\"; exec sh -c \"$0\"";
  private static final long ASK_EVERY_MS = 15;
  private static final long DRAIN_MS = 150;

  private final Engine engine;
  private final String container;
  private final Request request;
  private final OutputListener live;
  private final OutputCollector late;
  private final OutputCollector stdout;
  private final OutputCollector stderr;
  private final long started = System.nanoTime();
  private final String exec;
  private volatile long lastOutput = System.nanoTime();
  private volatile boolean streamEnded;
  private volatile boolean over;
  private volatile boolean killed;
  private volatile boolean sandboxEnded;

  PlainExec(
      Engine engine,
      String container,
      String user,
      Request request,
      OutputListener live,
      OutputCollector late) {
    this.engine = engine;
    this.container = container;
    this.request = request;
    this.live = live;
    this.late = late;
    stdout = new OutputCollector(request.keepBytes());
    stderr = new OutputCollector(request.keepBytes());
    exec =
        engine.call(
            "make an exec",
            () ->
                engine
                    .calls()
                    .execCreateCmd(container)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withUser(user)
                    .withWorkingDir(request.workdir())
                    .withEnv(Environment.lines(request.environment()))
                    .withCmd("/bin/sh", "-c", SHELL, request.script())
                    .exec()
                    .getId());
    engine.run("start an exec", () -> engine.streams().execStartCmd(exec).exec(this));
  }

  @Override
  public void onNext(Frame frame) {
    byte[] bytes = frame.getPayload();
    lastOutput = System.nanoTime();
    if (over) {
      late.add(bytes);
      return;
    }
    Stream stream = frame.getStreamType() == StreamType.STDERR ? Stream.STDERR : Stream.STDOUT;
    (stream == Stream.STDOUT ? stdout : stderr).add(bytes);
    live.onOutput(stream, bytes);
  }

  @Override
  public void onComplete() {
    streamEnded = true;
    super.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    onComplete();
  }

  @Override
  public CommandResult await() throws InterruptedException {
    long deadline = started + request.timeout().toNanos();
    boolean timedOut = false;
    while (true) {
      if (sandboxEnded) {
        return result(End.SANDBOX_ENDED, -1);
      }
      InspectExecResponse state;
      try {
        state = engine.call("ask for an exec", () -> engine.calls().inspectExecCmd(exec).exec());
      } catch (SandboxException e) {
        return result(End.SANDBOX_ENDED, -1);
      }
      Long code = state.getExitCodeLong();
      // Before its start an exec does not run either, and has no exit code.
      if (!Boolean.TRUE.equals(state.isRunning()) && code != null) {
        drain();
        End end = timedOut ? End.TIMED_OUT : killed ? End.KILLED : End.EXITED;
        return result(end, code.intValue());
      }
      if (!timedOut && System.nanoTime() - deadline >= 0) {
        timedOut = true;
        killGroup();
      }
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
    }
  }

  private void drain() throws InterruptedException {
    while (!streamEnded
        && System.nanoTime() - lastOutput < TimeUnit.MILLISECONDS.toNanos(DRAIN_MS)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private CommandResult result(End end, int code) {
    over = true;
    return new CommandResult(
        end, code, stdout.output(), stderr.output(), Duration.ofNanos(System.nanoTime() - started));
  }

  @Override
  public void kill() {
    killed = true;
    killGroup();
  }

  void sandboxEnded() {
    sandboxEnded = true;
  }

  /** By an exec in the same container; its pid namespace knows the process by another number. */
  private void killGroup() {
    InspectExecResponse state =
        engine.call("ask for an exec", () -> engine.calls().inspectExecCmd(exec).exec());
    Long pid = state.getPidLong();
    long inner = pid == null ? -1 : ContainerProcesses.innerPid(pid);
    if (inner <= 1) {
      return;
    }
    String killer =
        engine.call(
            "make an exec",
            () ->
                engine
                    .calls()
                    .execCreateCmd(container)
                    .withUser("0")
                    .withCmd(List.of("/bin/sh", "-c", "kill -9 -" + inner).toArray(String[]::new))
                    .exec()
                    .getId());
    engine.run(
        "kill a command",
        () -> {
          try (var callback = new ResultCallback.Adapter<Frame>()) {
            engine.streams().execStartCmd(killer).withDetach(true).exec(callback);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}
