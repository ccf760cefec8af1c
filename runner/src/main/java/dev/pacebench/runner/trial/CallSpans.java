package dev.pacebench.runner.trial;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.timeline.Span;
import dev.pacebench.runner.timeline.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a trial's model calls were doing when, as states of its timeline. */
final class CallSpans {

  private final List<Span> spans = new ArrayList<>();

  private CallSpans() {}

  /** The states of all attempts. */
  static List<Span> of(List<CallRecord> calls) {
    CallSpans made = new CallSpans();
    calls.forEach(made::attempt);
    return made.spans;
  }

  /**
   * As {@link #of}, with the gaps after answers that asked for tools as time of tools.
   *
   * <p>A gap ends with the next call that was wanted after it had begun, so that one made beside
   * the conversation, such as for a title, neither makes nor ends one.
   */
  static List<Span> withTools(List<CallRecord> calls) {
    CallSpans made = new CallSpans();
    calls.forEach(made::attempt);
    for (CallRecord call : calls) {
      if (asksForTools(call)) {
        long from = call.times().end();
        made.add(TrialState.TOOL_EXEC, from, nextAfter(from, calls, call.protocol()));
      }
    }
    return made.spans;
  }

  /** Where none follows, tools ran to the end of the phase, if that is known. */
  private static @Nullable Long nextAfter(long from, List<CallRecord> calls, Protocol protocol) {
    OptionalLong next =
        calls.stream().mapToLong(call -> call.times().scheduled()).filter(at -> at >= from).min();
    if (next.isPresent()) {
      return next.getAsLong();
    }
    boolean sure = protocol != Protocol.OPENAI_RESPONSES && protocol != Protocol.GEMINI;
    return sure ? Long.valueOf(Long.MAX_VALUE) : null;
  }

  /** Of Responses and Gemini no reason to stop tells; there another call is the sign. */
  private static boolean asksForTools(CallRecord call) {
    if (call.answer().end() != CallEnd.COMPLETED || call.asked().warmUp()) {
      return false;
    }
    String stop = call.answer().stopReason();
    return switch (call.protocol()) {
      case OPENAI_CHAT -> "tool_calls".equals(stop) || "function_call".equals(stop);
      case ANTHROPIC_MESSAGES -> "tool_use".equals(stop);
      case OPENAI_RESPONSES, GEMINI -> true;
    };
  }

  private void attempt(CallRecord call) {
    CallTimes times = call.times();
    CallEnd end = call.answer().end();
    long wanted = times.scheduled();
    RetryWait waited = call.waited();
    if (waited != null) {
      wanted += waited.nanos();
      add(
          waited.ordered() ? TrialState.RATELIMIT_WAIT : TrialState.BACKOFF,
          times.scheduled(),
          wanted);
    }
    add(TrialState.LIMITER_WAIT, wanted, times.released());
    if (end == CallEnd.LIMITED) {
      return;
    }
    // Of an attempt that was cut off by the phase's end nobody knows whether it would have failed.
    boolean failed = !end.answered() && end != CallEnd.PHASE_OVER && end != CallEnd.ABANDONED;
    if (failed) {
      add(TrialState.FAILED_ATTEMPT, earliest(times.connectStart(), times.send()), times.end());
      return;
    }
    add(TrialState.CONNECT, times.connectStart(), times.connectEnd());
    add(TrialState.UPLOAD, times.send(), orEnd(times.sent(), times));
    add(TrialState.WAIT_FIRST, times.sent(), orEnd(times.first(), times));
    add(
        TrialState.REASONING_STREAM,
        times.first(),
        times.answer() == null ? orEnd(times.last(), times) : times.answer());
    add(TrialState.ANSWER_STREAM, times.answer(), orEnd(times.last(), times));
    if (times.first() != null) {
      add(TrialState.STREAM_TAIL, times.last(), orEnd(times.terminal(), times));
    }
  }

  private static @Nullable Long earliest(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : one;
  }

  private static Long orEnd(@Nullable Long value, CallTimes times) {
    return value == null ? Long.valueOf(times.end()) : value;
  }

  private void add(TrialState state, @Nullable Long from, @Nullable Long to) {
    if (from != null && to != null && from < to) {
      spans.add(new Span(state, from, to));
    }
  }
}
