package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.home.PunctualThread;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands work to an event loop at precise instants.
 *
 * <p>An event loop's own timers count in whole milliseconds, which is a whole token at 1,000 tokens
 * a second; a parked thread wakes within some tens of microseconds. What is due together is handed
 * over together.
 */
public final class Pacer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);

  private record Entry(long due, long order, Runnable work) {}

  private final Executor loop;
  private final Thread thread;
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(
          (a, b) -> {
            int byTime = Long.signum(a.due() - b.due());
            return byTime != 0 ? byTime : Long.compare(a.order(), b.order());
          });
  private long order;
  private boolean closed;

  /** Begins; {@code loop} takes work to the event loop. */
  public Pacer(Executor loop) {
    this.loop = loop;
    thread = new Thread(this::run, "simulated-pace");
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs something on the event loop, not before an instant of {@link System#nanoTime}. */
  public void at(long due, Runnable work) {
    boolean sooner;
    synchronized (queue) {
      Entry entry = new Entry(due, order++, work);
      queue.add(entry);
      sooner = entry.equals(queue.peek());
    }
    if (sooner) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    PunctualThread.becomeFirst();
    while (true) {
      List<Runnable> now = new ArrayList<>();
      long wait;
      synchronized (queue) {
        if (closed) {
          return;
        }
        wait = take(now);
      }
      if (!now.isEmpty()) {
        loop.execute(() -> now.forEach(Pacer::run));
      } else if (wait == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, wait);
      }
    }
  }

  /** What fails is one answer's; the others that are due with it go on. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("an answer broke off", e);
    }
  }

  /** Takes what is due; returns how long until the next is. */
  private long take(List<Runnable> due) {
    long now = System.nanoTime();
    while (true) {
      Entry head = queue.peek();
      if (head == null) {
        return Long.MAX_VALUE;
      }
      if (head.due() - now > 0) {
        return head.due() - now;
      }
      due.add(head.work());
      queue.remove();
    }
  }

  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.clear();
    }
    LockSupport.unpark(thread);
  }
}
