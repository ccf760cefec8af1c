package dev.pacebench.runner.timeline;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.home.Ticker;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exclusive states of one try.
 *
 * <p>At every instant exactly one state holds; {@link #switchTo} gives the time since the last
 * switch to the state that is left. So the durations add up to the wall-clock by construction, to
 * the nanosecond, with no subtraction of independent measurements. Safe for several threads.
 */
public final class Timeline {

  private final Ticker ticker;
  private final TrialWatcher watcher;
  private final long start;
  private final EnumMap<TrialState, Long> nanos = new EnumMap<>(TrialState.class);
  private TrialState state;
  private long since;
  private boolean ended;

  public Timeline(Ticker ticker, TrialWatcher watcher, TrialState first) {
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.watcher = requireNonNull(watcher, "watcher is null");
    this.state = requireNonNull(first, "first is null");
    this.start = ticker.nanos();
    this.since = start;
    watcher.onState(first);
  }

  /** Enters a state; entering the one that holds changes nothing. After the end it is ignored. */
  public void switchTo(TrialState next) {
    synchronized (this) {
      if (ended || next == state) {
        return;
      }
      settle();
      state = next;
    }
    watcher.onState(next);
  }

  /** Ends the timeline; only the first call counts. */
  public synchronized void end() {
    if (!ended) {
      settle();
      ended = true;
    }
  }

  /** The state that holds, or held last. */
  public synchronized TrialState state() {
    return state;
  }

  /** Nanoseconds of each state that was entered, so far. */
  public synchronized Map<TrialState, Long> nanos() {
    if (!ended) {
      settle();
    }
    return new EnumMap<>(nanos);
  }

  /** Nanoseconds from the start to the end, or to now. */
  public synchronized long wallNanos() {
    if (!ended) {
      settle();
    }
    return since - start;
  }

  /** Nanoseconds in states of the agent phase. */
  public long agentNanos() {
    return nanos().entrySet().stream()
        .filter(entry -> entry.getKey().isAgentPhase())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Seconds by state word, for records. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    nanos().forEach((key, value) -> seconds.put(key.word(), value / 1e9));
    return seconds;
  }

  private void settle() {
    long now = ticker.nanos();
    nanos.merge(state, now - since, Long::sum);
    since = now;
  }
}
