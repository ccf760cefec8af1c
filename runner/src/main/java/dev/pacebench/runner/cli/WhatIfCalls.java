package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.whatif.Call;
import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recorded calls as re-timing takes them. */
final class WhatIfCalls {

  /** First pieces that come only after a model has thought where nobody sees it. */
  private static final Set<String> AFTER_THINKING = Set.of("text", "tool_arguments");

  private WhatIfCalls() {}

  static List<Call> of(List<CallRecord> calls) {
    return calls.stream().map(WhatIfCalls::of).toList();
  }

  private static Call of(CallRecord call) {
    CallTimes times = call.times();
    Call.Kind kind = kind(call);
    RetryWait waited = call.waited();
    long wanted = times.scheduled() + (waited == null ? 0 : waited.nanos());
    double limiter = between(wanted, times.released());
    Long answered = times.last() == null ? Long.valueOf(times.end()) : times.last();
    boolean pieces = kind == Call.Kind.STREAMED || kind == Call.Kind.CUT_OFF;
    Long first = pieces ? times.first() : answered;
    double waiting = between(times.sent(), first == null ? Long.valueOf(times.end()) : first);
    double stream = pieces ? between(times.first(), answered) : 0;
    double connect = between(times.connectStart(), times.connectEnd());
    double begin = times.scheduled() / 1e9;
    double end = Math.max(begin, times.end() / 1e9);
    // Times that contradict each other say nothing that could be changed.
    boolean sound = limiter + connect + waiting + stream <= end - begin + 1e-6;
    CallUsage usage = call.answer().usage();
    return new Call(
        begin,
        end,
        sound ? limiter : 0,
        sound ? connect : 0,
        sound ? waiting : 0,
        sound ? stream : 0,
        times.connectStart() != null,
        sound ? kind : Call.Kind.UNANSWERED,
        usage == null ? OptionalLong.empty() : OptionalLong.of(usage.output()),
        usage != null && AFTER_THINKING.contains(String.valueOf(call.answer().firstSource()))
            ? usage.reasoning()
            : 0,
        usage == null ? 0 : Math.max(0, usage.input() - usage.cached()));
  }

  private static Call.Kind kind(CallRecord call) {
    Answer answer = call.answer();
    if (answer.end() == CallEnd.PHASE_OVER) {
      return Call.Kind.CUT_OFF;
    }
    if (!answer.end().answered()) {
      return Call.Kind.UNANSWERED;
    }
    if (call.asked().warmUp()) {
      return Call.Kind.WARM_UP;
    }
    boolean whole = call.transport() == Transport.PLAIN || call.times().first() == null;
    return whole ? Call.Kind.WHOLE : Call.Kind.STREAMED;
  }

  private static double between(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null || to <= from ? 0 : (to - from) / 1e9;
  }
}
