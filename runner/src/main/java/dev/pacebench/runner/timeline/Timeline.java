package dev.pacebench.runner.timeline;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.home.Ticker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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

  private static final int MAX_SPANS = 100_000;

  private final Ticker ticker;
  private final TrialWatcher watcher;
  private final long start;
  private final EnumMap<TrialState, Long> nanos = new EnumMap<>(TrialState.class);
  private final List<Span> agentSpans = new ArrayList<>();
  private TrialState state;
  private long since;
  private long overlap;
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

  /**
   * Enters a state that an agent names; ignored outside its phase, since an agent's thread may
   * speak on after its deadline.
   */
  public void agentIn(TrialState next) {
    synchronized (this) {
      if (ended || next == state || !state.isAgentPhase() || !next.isAgentPhase()) {
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

  /**
   * Divides the agent phase anew, with the model calls of it laid over what the agent said it did.
   *
   * <p>The length of the phase, and so the sum, stays as it is.
   *
   * @param calls what model calls were doing when
   */
  public void layOver(List<Span> calls) {
    layOver(calls, TrialState.AGENT_OTHER);
  }

  /**
   * As {@link #layOver(List)}.
   *
   * @param untold state of an agent that has started and says nothing of what it does
   */
  public synchronized void layOver(List<Span> calls, TrialState untold) {
    if (!ended) {
      settle();
    }
    long firstCall = calls.stream().mapToLong(Span::from).min().orElse(Long.MAX_VALUE);
    EnumMap<TrialState, Long> divided = new EnumMap<>(TrialState.class);
    for (Span phase : agentPhases()) {
      List<Span> all = new ArrayList<>(calls);
      for (Span own : agentSpans) {
        all.addAll(started(own, firstCall, untold));
      }
      Partition partition = Partition.of(phase.from(), phase.to(), all, TrialState.AGENT_OTHER);
      partition.nanos().forEach((key, value) -> divided.merge(key, value, Long::sum));
      overlap += partition.overlap();
    }
    nanos.keySet().removeIf(TrialState::isAgentPhase);
    divided.forEach((key, value) -> nanos.merge(key, value, Long::sum));
  }

  /** How long a model call and a tool went on at once, once calls were laid over. */
  public synchronized long overlapNanos() {
    return overlap;
  }

  /** An agent that says nothing of what it does has started once it calls its model. */
  private static List<Span> started(Span own, long firstCall, TrialState untold) {
    if (own.state() != TrialState.AGENT_START || own.to() <= firstCall) {
      return List.of(own);
    }
    return firstCall <= own.from()
        ? List.of(new Span(untold, own.from(), own.to()))
        : List.of(
            new Span(TrialState.AGENT_START, own.from(), firstCall),
            new Span(untold, firstCall, own.to()));
  }

  /** Stretches of agent states without a gap. */
  private List<Span> agentPhases() {
    List<Span> phases = new ArrayList<>();
    for (Span span : agentSpans) {
      Span last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
      if (last != null && last.to() == span.from()) {
        phases.set(phases.size() - 1, new Span(last.state(), last.from(), span.to()));
      } else {
        phases.add(span);
      }
    }
    return phases;
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
    if (state.isAgentPhase() && now > since) {
      remember(new Span(state, since, now));
    }
    since = now;
  }

  private void remember(Span span) {
    int size = agentSpans.size();
    Span last = size == 0 ? null : agentSpans.get(size - 1);
    if (last == null || last.to() != span.from()) {
      agentSpans.add(span);
    } else if (last.state() == span.state()) {
      agentSpans.set(size - 1, new Span(last.state(), last.from(), span.to()));
    } else if (size >= MAX_SPANS) {
      // Beyond what any agent does; the sum stays right, the states do not.
      agentSpans.set(size - 1, new Span(TrialState.AGENT_OTHER, last.from(), span.to()));
    } else {
      agentSpans.add(span);
    }
  }
}
