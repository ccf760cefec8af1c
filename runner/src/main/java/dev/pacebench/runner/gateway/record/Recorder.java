package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.CallListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trial's calls into a folder, and what was said in them where that is wanted.
 *
 * <p>Never makes the gateway wait: a thread of its own writes, and what the disk cannot take in
 * time is passed over, which marks its call as one that cannot be played back. The rows of {@link
 * CallFiles#CALLS} are always complete.
 */
public final class Recorder implements CallListener, AutoCloseable {

  private static final long LONGEST_FLUSH_SECONDS = 60;
  private static final long REST_MILLIS = 20;
  private static final int MOST_AT_ONCE = 1000;

  private final long waitingLimit;
  private final boolean bodies;
  private final RecordWriter writer;
  private final Thread thread;
  private final BlockingQueue<RecordEvent> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Set<AttemptId> torn = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable IOException failure;

  private Recorder(RecordWriter writer, boolean bodies, RecordLimits limits, String name) {
    this.writer = writer;
    this.bodies = bodies;
    this.waitingLimit = limits.waiting();
    this.thread = new Thread(this::write, "recorder " + name);
    thread.setDaemon(true);
  }

  /**
   * Begins to record into a folder, which is made.
   *
   * @param name of the trial, for people
   * @param origin instant that all times are counted from
   * @param bodies whether what is said is kept, too; without it only the rows are
   * @param filter what every text passes, such as one that hides secrets
   */
  public static Recorder start(
      Path folder,
      String name,
      long origin,
      boolean bodies,
      RecordLimits limits,
      UnaryOperator<String> filter)
      throws IOException {
    requireNonNull(filter, "filter is null");
    Files.createDirectories(folder);
    RecordWriter writer = RecordWriter.open(folder, name, origin, bodies, limits, filter);
    Recorder recorder = new Recorder(writer, bodies, limits, name);
    recorder.thread.start();
    return recorder;
  }

  @Override
  public void request(int seq, int attempt, byte[] body, long nanos) {
    offer(
        new AttemptId(seq, attempt),
        new RecordEvent.Request(new AttemptId(seq, attempt), body, nanos));
  }

  @Override
  public void head(
      int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
    AttemptId key = new AttemptId(seq, attempt);
    offer(key, new RecordEvent.Head(key, status, Map.copyOf(headers), nanos));
  }

  @Override
  public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
    offer(
        new AttemptId(seq, attempt),
        new RecordEvent.Part(new AttemptId(seq, attempt), part, frame, nanos));
  }

  @Override
  public void ended(CallRecord call) {
    AttemptId key = new AttemptId(call.seq(), call.attempt());
    put(new RecordEvent.Ended(key, call, !torn.remove(key)));
  }

  private void offer(AttemptId key, RecordEvent event) {
    if (!bodies || closed.get()) {
      return;
    }
    if (waiting.get() + RecordEvent.weight(event) > waitingLimit) {
      torn.add(key);
      return;
    }
    put(event);
  }

  private void put(RecordEvent event) {
    if (closed.get()) {
      return;
    }
    waiting.addAndGet(RecordEvent.weight(event));
    queue.add(event);
  }

  private void write() {
    try (writer) {
      List<RecordEvent> batch = new ArrayList<>();
      boolean more = true;
      while (more) {
        batch.clear();
        if (queue.drainTo(batch, MOST_AT_ONCE) == 0) {
          // Nothing else to do, so that readers of a running trial see what is there.
          writer.flush();
          batch.add(queue.take());
        }
        more = write(batch);
        if (more && queue.size() < MOST_AT_ONCE) {
          // To be woken for every frame would cost the gateway more than the writing does.
          Thread.sleep(REST_MILLIS);
        }
      }
      writer.finish();
    } catch (IOException e) {
      give(e);
    } catch (InterruptedException | RuntimeException e) {
      give(new IOException(e));
    }
  }

  /** Whether more may come. */
  private boolean write(List<RecordEvent> batch) throws IOException {
    for (RecordEvent event : batch) {
      if (event instanceof RecordEvent.Last) {
        return false;
      }
      waiting.addAndGet(-RecordEvent.weight(event));
      writer.write(event);
    }
    return true;
  }

  /** After a failure nothing may pile up; what would be written is let go. */
  private void give(IOException problem) {
    failure = problem;
    closed.set(true);
    queue.clear();
    torn.clear();
  }

  /**
   * Writes what is left; what is heard afterwards is not recorded.
   *
   * @throws IOException when something could not be written, now or earlier
   */
  @Override
  public void close() throws IOException {
    closed.set(true);
    queue.add(new RecordEvent.Last());
    boolean interrupted = false;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_FLUSH_SECONDS);
    while (thread.isAlive() && System.nanoTime() < until) {
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(Math.max(1, until - System.nanoTime())) + 1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    IOException problem = failure;
    if (problem != null) {
      throw new IOException("the calls could not be recorded: " + problem.getMessage(), problem);
    }
    if (thread.isAlive()) {
      throw new IOException("the calls could not be recorded: the disk does not answer");
    }
  }
}
