package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.OutputListener.Stream;
import dev.pacebench.sandbox.RunningCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command under way in a dispatcher: its mark, its output so far, its end. */
final class Dispatched implements RunningCommand {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatched.class);
  private static final int FLAG_TIMED_OUT = 1;
  private static final int FLAG_KILLED = 2;
  private static final int FLAG_NOT_STARTED = 4;
  private static final int SIGKILL = 9;
  private static final int CANNOT_EXECUTE = 126;

  private final byte[] mark;
  private final OutputListener live;
  private final OutputCollector stdout;
  private final OutputCollector stderr;
  private final Runnable killer;
  private final long started = System.nanoTime();
  private final CompletableFuture<CommandResult> result = new CompletableFuture<>();

  Dispatched(byte[] mark, int keepBytes, OutputListener live, Runnable killer) {
    this.mark = mark;
    this.live = live;
    this.killer = killer;
    stdout = new OutputCollector(keepBytes);
    stderr = new OutputCollector(keepBytes);
  }

  CompletableFuture<CommandResult> result() {
    return result;
  }

  void output(Stream stream, byte[] bytes, int length) {
    (stream == Stream.STDOUT ? stdout : stderr).add(bytes, 0, length);
    if (live != OutputListener.NONE) {
      try {
        live.onOutput(stream, Arrays.copyOf(bytes, length));
      } catch (RuntimeException e) {
        LOG.warn("A listener of command output failed: {}", e.toString());
      }
    }
  }

  /**
   * Takes the end that the dispatcher sent.
   *
   * @return whether its mark is this command's
   */
  boolean end(ByteBuffer body) {
    byte[] sent = new byte[Frame.MARK_BYTES];
    body.get(sent);
    if (!MessageDigest.isEqual(sent, mark)) {
      return false;
    }
    int status = body.getInt();
    int flags = body.getInt();
    int error = body.getInt();
    int signal = status & 0x7f;
    if ((flags & FLAG_NOT_STARTED) != 0) {
      String text = "pacebench: no process could be started here, error " + error + "\n";
      stderr.add(text.getBytes(StandardCharsets.UTF_8));
      end(End.EXITED, CANNOT_EXECUTE);
    } else if (signal == SIGKILL && (flags & FLAG_TIMED_OUT) != 0) {
      end(End.TIMED_OUT, 128 + signal);
    } else if (signal == SIGKILL && (flags & FLAG_KILLED) != 0) {
      end(End.KILLED, 128 + signal);
    } else {
      end(End.EXITED, signal == 0 ? status >> 8 & 0xff : 128 + signal);
    }
    return true;
  }

  void end(End end, int exitCode) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    result.complete(new CommandResult(end, exitCode, stdout.output(), stderr.output(), elapsed));
  }

  @Override
  public CommandResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a command's result never fails", e);
    }
  }

  @Override
  public void kill() {
    killer.run();
  }
}
