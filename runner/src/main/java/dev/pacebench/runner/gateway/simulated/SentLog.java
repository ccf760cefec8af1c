package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last answers that a simulated server sent, bounded by the instants that they hold. */
public final class SentLog {

  private static final long MOST_INSTANTS = 2_000_000;
  private static final int MOST_CALLS = 20_000;

  private final Deque<SentCall> calls = new ArrayDeque<>();
  private long instants;

  SentLog() {}

  synchronized void add(SentCall call) {
    calls.addLast(call);
    instants += call.sent().length;
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

  /** Forgets all. */
  public synchronized void clear() {
    calls.clear();
    instants = 0;
  }
}
