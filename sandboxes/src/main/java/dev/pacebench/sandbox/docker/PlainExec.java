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
import dev.pacebench.sandbox.dispatch.Dispatcher;
import dev.pacebench.sandbox.dispatch.Environment;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.dispatch.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command as an exec of its own, for architectures without a dispatcher.
 *
 * <p>The engine makes it a session of its own, so its process group can be killed; the first line
 * that comes out of it is its pid. Its end is seen by asking, since its output stream ends only
 * with its last background process; what those write shortly after its end still counts as its own.
 */
final class PlainExec extends ResultCallback.Adapter<Frame> implements RunningCommand {

  private static final Logger LOG = LoggerFactory.getLogger(PlainExec.class);
  private static final String SHELL =
      "echo $$; command -v bash >/dev/null 2>&1 && exec bash -c \"$0\"; exec sh -c \"$0\"";
  private static final Duration ASK_EVERY = Duration.ofMillis(15);
  private static final Duration SILENCE = Duration.ofMillis(150);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3);

  private final Engine engine;
  private final String container;
  private final String user;
  private final Request request;
  private final OutputListener live;
  private final OutputCollector late;
  private final OutputCollector stdout;
  private final OutputCollector stderr;
  private final PidLine pidLine = new PidLine();
  private final CountDownLatch streamEnd = new CountDownLatch(1);
  private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
  private final long started = System.nanoTime();
  private volatile long lastOutput = System.nanoTime();
  private volatile String exec = "";
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
    this.user = user;
    this.request = request;
    this.live = live;
    this.late = late;
    stdout = new OutputCollector(request.keepBytes());
    stderr = new OutputCollector(request.keepBytes());
  }

  /**
   * Starts it.
   *
   * @param scripts turns a script into one that is short enough for an argument
   */
  void start(UnaryOperator<String> scripts) {
    String script = scripts.apply(request.script());
    exec =
        engine.call(
            "make an exec",
            () ->
                Freezer.makeExec(
                    engine
                        .calls()
                        .execCreateCmd(container)
                        .withAttachStdout(true)
                        .withAttachStderr(true)
                        .withUser(user)
                        .withWorkingDir(request.workdir())
                        .withEnv(Environment.lines(request.environment()))
                        .withCmd("/bin/sh", "-c", SHELL, script)));
    startExec();
    Thread watch = new Thread(this::watch, "exec-" + exec.substring(0, 12));
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public void onNext(Frame frame) {
    lastOutput = System.nanoTime();
    Stream stream = frame.getStreamType() == StreamType.STDERR ? Stream.STDERR : Stream.STDOUT;
    byte[] bytes = frame.getPayload();
    bytes = stream == Stream.STDOUT ? pidLine.strip(bytes) : bytes;
    if (bytes.length == 0) {
      return;
    }
    if (over) {
      late.add(bytes);
      return;
    }
    (stream == Stream.STDOUT ? stdout : stderr).add(bytes);
    live.onOutput(stream, bytes);
  }

  @Override
  public void onComplete() {
    streamEnd.countDown();
    super.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    LOG.debug("The output of an exec broke off", error);
    if (!over && Freezer.isBelievedFrozen(String.valueOf(error.getMessage()))) {
      Freezer.pauseBriefly();
      startExec();
    } else {
      onComplete();
    }
  }

  private void startExec() {
    engine.run("start an exec", () -> engine.streams().execStartCmd(exec).exec(this));
  }

  /** Asks until it has ended, and sees to its timeout. */
  private void watch() {
    try {
      end(waitForEnd());
    } catch (SandboxException e) {
      LOG.debug("An exec cannot be asked for", e);
      end(new Ended(End.DISPATCHER_LOST, -1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new Ended(End.DISPATCHER_LOST, -1));
    }
  }

  private record Ended(End end, int code) {}

  private Ended waitForEnd() throws InterruptedException {
    long deadline = started + request.timeout().toNanos();
    long lost = deadline + Dispatcher.GRACE.toNanos();
    boolean timedOut = false;
    boolean reached = false;
    while (!sandboxEnded) {
      boolean closed = streamEnd.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      InspectExecResponse state =
          engine.call("ask for an exec", () -> engine.calls().inspectExecCmd(exec).exec());
      Long code = state.getExitCodeLong();
      // Before its start an exec does not run either, and has no exit code.
      if (!Boolean.TRUE.equals(state.isRunning()) && code != null) {
        drain();
        return new Ended(
            timedOut ? End.TIMED_OUT : killed ? End.KILLED : End.EXITED, code.intValue());
      }
      timedOut |= System.nanoTime() - deadline >= 0;
      if ((timedOut || killed) && !reached) {
        reached = killGroup();
      }
      if (System.nanoTime() - lost >= 0) {
        return new Ended(End.DISPATCHER_LOST, -1);
      }
      if (closed) {
        TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
      }
    }
    return new Ended(End.SANDBOX_ENDED, -1);
  }

  /**
   * What it wrote may still be on its way; nothing says when the last of it has come, but the first
   * line always does.
   */
  private void drain() throws InterruptedException {
    long start = System.nanoTime();
    long now = start;
    while (now - start < LONGEST_DRAIN.toNanos()
        && (pidLine.pid() == 0 || now - Math.max(lastOutput, start) < SILENCE.toNanos())) {
      if (streamEnd.await(5, TimeUnit.MILLISECONDS)) {
        return;
      }
      now = System.nanoTime();
    }
  }

  private void end(Ended ended) {
    over = true;
    End end = sandboxEnded ? End.SANDBOX_ENDED : ended.end();
    result.complete(
        new CommandResult(
            end,
            end == End.SANDBOX_ENDED ? -1 : ended.code(),
            stdout.output(),
            stderr.output(),
            Duration.ofNanos(System.nanoTime() - started)));
  }

  /** By an exec in the same container; false while its pid is not known. */
  private boolean killGroup() {
    long pid = pidLine.pid();
    if (pid <= 1) {
      return false;
    }
    String killer =
        engine.call(
            "make an exec",
            () ->
                Freezer.makeExec(
                    engine
                        .calls()
                        .execCreateCmd(container)
                        .withUser("0")
                        .withCmd("/bin/sh", "-c", "kill -9 -" + pid)));
    engine.run(
        "kill a command",
        () ->
            engine
                .streams()
                .execStartCmd(killer)
                .withDetach(true)
                .exec(new ResultCallback.Adapter<Frame>()));
    return true;
  }

  @Override
  public CommandResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a result is always made", e);
    }
  }

  @Override
  public void kill() {
    killed = true;
  }

  CompletableFuture<CommandResult> ended() {
    return result;
  }

  /** From now on it ends so; what is left of it goes with the sandbox. */
  void sandboxEnded() {
    sandboxEnded = true;
  }
}
