package dev.pacebench.runner.agent;

import java.util.ArrayList;
import java.util.List;

/** When new instructions reached an agent; safe for several threads. */
public final class InterruptionLog {

  private final List<Long> arrivals = new ArrayList<>();

  /** An instruction has come, at this instant of {@link System#nanoTime}. */
  public synchronized void arrived(long nanos) {
    arrivals.add(nanos);
  }

  /** The instants, in their order. */
  public synchronized List<Long> arrivals() {
    return List.copyOf(arrivals);
  }
}
