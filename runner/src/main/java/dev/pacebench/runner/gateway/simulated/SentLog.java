package dev.pacebench.runner.gateway.simulated;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The last answers that a simulated server sent, bounded by the instants that they hold. */
public final class SentLog {

  private static final long MOST_INSTANTS = 2_000_000;
  private static final int MOST_CALLS = 20_000;

  private final Deque<SentCall> calls = new ArrayDeque<>();
  private final Map<String, Long> ended = new HashMap<>();
  private long instants;

  SentLog() {}

  synchronized void add(SentCall call) {
    calls.addLast(call);
    instants += call.sent().length;
    ended.merge(call.name(), 1L, Long::sum);
    notifyAll();
    while (calls.size() > 1 && (instants > MOST_INSTANTS || calls.size() > MOST_CALLS)) {
      instants -= calls.removeFirst().sent().length;
    }
  }

  /** Answers that ended, in the order of their ends. */
  public synchronized List<SentCall> calls() {
    return List.copyOf(calls);
  }

  /** Answers of one trial that ended, in the order of their ends. */
  public List<SentCall> calls(String name) {
    return calls().stream().filter(call -> call.name().equals(name)).toList();
  }

  /**
   * Waits until a trial's answers have ended; the end of one is logged just after its last event
   * was sent.
   *
   * @return whether so many have, within the limit
   */
  public synchronized boolean await(String name, long count, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (ended.getOrDefault(name, 0L) < count) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** A trial is over; its answers stay, but are not counted any more. */
  synchronized void forget(String name) {
    ended.remove(name);
  }

  /** Forgets all answers. */
  public synchronized void clear() {
    calls.clear();
    instants = 0;
  }
}
