package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's side of {@code inside dispatch}: starts commands over one stream and reads their
 * output and ends from another.
 *
 * <p>What comes in is untrusted. An end with a wrong mark, output of a command that does not run, a
 * frame of impossible length, the end of the stream, or silence beyond a command's timeout declares
 * the dispatcher lost: every running command ends with {@link End#DISPATCHER_LOST}, the close hook
 * runs, and no further command is taken. Safe for several threads.
 */
public final class Dispatcher implements AutoCloseable {

  /**
   * What a dispatcher says about itself first.
   *
   * @param pid its pid in its own pid namespace
   * @param pidNamespace inode of that namespace, as in the host's {@code /proc/PID/ns/pid}
   */
  public record Hello(int pid, long pidNamespace) {}

  /** Silence allowed after a command's own timeout. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long LONGEST_TIMEOUT_MS = Duration.ofDays(365).toMillis();
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final String name;
  private final OutputStream to;
  private final DataInputStream from;
  private final OutputCollector late;
  private final Runnable closeHook;
  private final Duration grace;
  private final Map<Integer, Dispatched> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Hello> hello = new CompletableFuture<>();
  private final Object writing = new Object();
  private final Object state = new Object();
  private int lastId;
  private End whenLost = End.DISPATCHER_LOST;
  private @Nullable End ended;
  private @Nullable String failure;

  /**
   * Begins to read at once.
   *
   * @param name for threads and messages
   * @param late takes output of background processes; may be shared by successive dispatchers
   * @param closeHook runs once, when the dispatcher is closed or lost; must end both streams, and
   *     must not do so with a call that waits for a write under way, which may never end
   */
  public Dispatcher(
      String name, OutputStream to, InputStream from, OutputCollector late, Runnable closeHook) {
    this(name, to, from, late, closeHook, GRACE);
  }

  Dispatcher(
      String name,
      OutputStream to,
      InputStream from,
      OutputCollector late,
      Runnable closeHook,
      Duration grace) {
    this.name = name;
    this.to = to;
    this.from = new DataInputStream(new BufferedInputStream(from, Frame.MAX_OUTPUT));
    this.late = late;
    this.closeHook = closeHook;
    this.grace = grace;
    Thread reader = new Thread(this::readAll, "dispatcher-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a command; in a dispatcher that is lost or closed it has ended already.
   *
   * @throws IllegalArgumentException when it is longer than 64 MiB
   */
  public RunningCommand start(Request request, OutputListener live) {
    byte[] mark = new byte[Frame.MARK_BYTES];
    RANDOM.nextBytes(mark);
    Dispatched command;
    byte[] frame;
    synchronized (state) {
      int id = ++lastId;
      frame = Frame.run(id, mark, request);
      command = new Dispatched(mark, request.keepBytes(), live, () -> send(Frame.kill(id)));
      if (ended != null) {
        command.end(ended, -1);
        return command;
      }
      running.put(id, command);
    }
    // Before sending: a stopped dispatcher blocks the sending of a long request.
    watchOver(command, request.timeout());
    send(frame);
    return command;
  }

  /** Whether it takes commands. */
  public boolean isAlive() {
    synchronized (state) {
      return ended == null;
    }
  }

  /** Why it was lost, if it was. */
  public Optional<String> failure() {
    synchronized (state) {
      return Optional.ofNullable(failure);
    }
  }

  /** What it said first; empty when it is lost before, or silent for so long. */
  public Optional<Hello> hello(Duration wait) throws InterruptedException {
    try {
      return Optional.of(hello.get(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** As {@link #close(End)}: the sandbox ended. */
  @Override
  public void close() {
    close(End.SANDBOX_ENDED);
  }

  /** Ends it; its running commands are killed and end so. */
  public void close(End end) {
    finish(end, null);
  }

  /** From now on its loss is expected, and running commands end so. */
  public void expect(End end) {
    synchronized (state) {
      whenLost = end;
    }
  }

  private void lost(String why) {
    End end;
    synchronized (state) {
      end = whenLost;
    }
    finish(end, why);
  }

  private void finish(End end, @Nullable String why) {
    synchronized (state) {
      if (ended != null) {
        return;
      }
      ended = end;
      failure = why;
    }
    if (why != null) {
      LOG.debug("Dispatcher {} is lost: {}", name, why);
    }
    hello.completeExceptionally(new IOException("the dispatcher has ended"));
    try {
      closeHook.run();
    } catch (RuntimeException e) {
      LOG.warn("Closing the dispatcher {} failed: {}", name, e.toString());
    }
    for (Dispatched command : running.values()) {
      command.end(end, -1);
    }
    running.clear();
  }

  private void send(byte[] frame) {
    try {
      synchronized (writing) {
        to.write(frame);
        to.flush();
      }
    } catch (IOException e) {
      lost("it cannot be written to: " + e.getMessage());
    }
  }

  private void watchOver(Dispatched command, Duration timeout) {
    long ms = Math.min(timeout.toMillis(), LONGEST_TIMEOUT_MS) + grace.toMillis();
    Future<?> watch =
        WATCH.schedule(
            () -> {
              // The hook may wait; the one watching thread must not.
              Thread thread =
                  new Thread(() -> lost("silent beyond a timeout"), "dispatcher-lost-" + name);
              thread.setDaemon(true);
              thread.start();
            },
            ms,
            TimeUnit.MILLISECONDS);
    var unused = command.result().whenComplete((result, error) -> watch.cancel(false));
  }

  private void readAll() {
    Frame frame = new Frame();
    try {
      while (isAlive()) {
        frame.read(from);
        take(frame);
      }
    } catch (EOFException e) {
      lost("its stream ended");
    } catch (IOException | RuntimeException e) {
      lost(String.valueOf(e.getMessage()));
    }
  }

  private void take(Frame frame) throws IOException {
    Dispatched command = running.get(frame.id);
    switch (frame.type) {
      case HELLO -> takeHello(frame.body());
      case OUTPUT -> {
        if (command == null) {
          throw new ProtocolException("output of a command that does not run");
        }
        command.output(frame.stream, frame.payload, frame.length);
      }
      case LATE_OUTPUT -> {
        if (command != null || frame.id < 1 || frame.id > started()) {
          throw new ProtocolException("late output of a command that has not ended");
        }
        late.add(frame.payload, 0, frame.length);
      }
      case END -> {
        if (command == null || !command.end(frame.body())) {
          throw new ProtocolException("an end that no command expects");
        }
        running.remove(frame.id);
      }
    }
  }

  private void takeHello(ByteBuffer body) throws IOException {
    int version = body.getInt();
    if (version != Frame.VERSION || hello.isDone()) {
      throw new ProtocolException("an unexpected hello of version " + version);
    }
    hello.complete(new Hello(body.getInt(), body.getLong()));
  }

  private int started() {
    synchronized (state) {
      return lastId;
    }
  }

  private static ScheduledThreadPoolExecutor watch() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "dispatcher-watch");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
