package dev.pacebench.runner.timeline;

import static dev.pacebench.runner.timeline.TrialState.AGENT_OTHER;
import static dev.pacebench.runner.timeline.TrialState.AGENT_START;
import static dev.pacebench.runner.timeline.TrialState.ANSWER_STREAM;
import static dev.pacebench.runner.timeline.TrialState.BACKOFF;
import static dev.pacebench.runner.timeline.TrialState.CLIENT_OVERHEAD;
import static dev.pacebench.runner.timeline.TrialState.COMPACTION;
import static dev.pacebench.runner.timeline.TrialState.CONNECT;
import static dev.pacebench.runner.timeline.TrialState.FAILED_ATTEMPT;
import static dev.pacebench.runner.timeline.TrialState.LIMITER_WAIT;
import static dev.pacebench.runner.timeline.TrialState.RATELIMIT_WAIT;
import static dev.pacebench.runner.timeline.TrialState.REASONING_STREAM;
import static dev.pacebench.runner.timeline.TrialState.STREAM_TAIL;
import static dev.pacebench.runner.timeline.TrialState.TOOL_DISPATCH;
import static dev.pacebench.runner.timeline.TrialState.TOOL_EXEC;
import static dev.pacebench.runner.timeline.TrialState.UPLOAD;
import static dev.pacebench.runner.timeline.TrialState.WAIT_FIRST;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides a stretch of time among things that went on in it at once.
 *
 * <p>At each instant the first of {@link #ORDER} that was going on counts: a model that answers
 * while a tool runs is model time. So the parts add up to the stretch, to the nanosecond.
 *
 * @param nanos length of each state
 * @param overlap how long a model call and a tool went on at once
 */
public record Partition(Map<TrialState, Long> nanos, long overlap) {

  /** What counts when several go on at once, the first one first. */
  static final List<TrialState> ORDER =
      List.of(
          ANSWER_STREAM,
          REASONING_STREAM,
          STREAM_TAIL,
          WAIT_FIRST,
          UPLOAD,
          CONNECT,
          FAILED_ATTEMPT,
          TOOL_EXEC,
          TOOL_DISPATCH,
          RATELIMIT_WAIT,
          BACKOFF,
          LIMITER_WAIT,
          COMPACTION,
          CLIENT_OVERHEAD,
          AGENT_START,
          AGENT_OTHER);

  private static final Set<TrialState> MODEL =
      Set.copyOf(ORDER.subList(0, ORDER.indexOf(TOOL_EXEC)));
  private static final Set<TrialState> TOOL = Set.of(TOOL_EXEC, TOOL_DISPATCH);

  private record Edge(long at, int change, TrialState state) {}

  public Partition {
    nanos = Map.copyOf(nanos);
  }

  /**
   * Divides the time from one instant to another.
   *
   * @param spans cut to that time; only states of the agent phase
   * @param rest state of the time in which nothing went on
   */
  public static Partition of(long from, long to, List<Span> spans, TrialState rest) {
    List<Edge> edges = new ArrayList<>(2 * spans.size());
    for (Span span : spans) {
      if (!ORDER.contains(span.state())) {
        throw new IllegalArgumentException(span.state() + " is no state of the agent phase");
      }
      long start = Math.max(from, span.from());
      long end = Math.min(to, span.to());
      if (start < end) {
        edges.add(new Edge(start, 1, span.state()));
        edges.add(new Edge(end, -1, span.state()));
      }
    }
    edges.sort((a, b) -> Long.compare(a.at(), b.at()));
    EnumMap<TrialState, Integer> open = new EnumMap<>(TrialState.class);
    EnumMap<TrialState, Long> nanos = new EnumMap<>(TrialState.class);
    long overlap = 0;
    long at = from;
    for (Edge edge : edges) {
      if (edge.at() > at) {
        nanos.merge(topmost(open, rest), edge.at() - at, Long::sum);
        overlap += both(open) ? edge.at() - at : 0;
        at = edge.at();
      }
      open.merge(edge.state(), edge.change(), Integer::sum);
    }
    if (to > at) {
      nanos.merge(rest, to - at, Long::sum);
    }
    return new Partition(nanos, overlap);
  }

  private static TrialState topmost(Map<TrialState, Integer> open, TrialState rest) {
    for (TrialState state : ORDER) {
      if (open.getOrDefault(state, 0) > 0) {
        return state;
      }
    }
    return rest;
  }

  private static boolean both(Map<TrialState, Integer> open) {
    boolean model = false;
    boolean tool = false;
    for (Map.Entry<TrialState, Integer> entry : open.entrySet()) {
      if (entry.getValue() > 0) {
        model |= MODEL.contains(entry.getKey());
        tool |= TOOL.contains(entry.getKey());
      }
    }
    return model && tool;
  }
}
