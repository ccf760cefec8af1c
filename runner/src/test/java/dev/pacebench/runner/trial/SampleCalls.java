package dev.pacebench.runner.trial;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Call records with simple instants. */
final class SampleCalls {

  private SampleCalls() {}

  /** Scheduled at the start; each part of an answered call is 10 long, upload 1. */
  static CallRecord answered(int seq, int attempt, long start, CallUsage usage) {
    CallTimes times =
        new CallTimes(
            start,
            start,
            null,
            null,
            start,
            start + 1,
            start + 10,
            start + 11,
            start + 21,
            start + 31,
            start + 41,
            start + 42);
    return call(seq, attempt, times, answer(CallEnd.COMPLETED, "sim", null, null, usage));
  }

  /** Begins with its wait; connecting takes 2, upload 1. */
  static CallRecord refused(
      int seq, int attempt, long start, long end, @Nullable RetryWait waited) {
    long sent = start + (waited == null ? 0 : waited.nanos());
    CallTimes times =
        new CallTimes(
            start, sent, sent, sent + 2, sent + 2, sent + 3, end, null, null, null, null, end);
    CallRecord call = call(seq, attempt, times, answer(CallEnd.REFUSED, null, null, null, null));
    return new CallRecord(
        seq,
        attempt,
        call.protocol(),
        call.transport(),
        1,
        false,
        call.asked(),
        call.answer(),
        times,
        10,
        20,
        waited);
  }

  static CallRecord call(int seq, int attempt, CallTimes times, Answer answer) {
    Asked asked = new Asked("sim", "fast", null, null, true, false, null, List.of());
    return new CallRecord(
        seq,
        attempt,
        Protocol.OPENAI_RESPONSES,
        Transport.SSE,
        1,
        false,
        asked,
        answer,
        times,
        10,
        20);
  }

  static Answer answer(
      CallEnd end,
      @Nullable String model,
      @Nullable String tier,
      @Nullable Long retryAfter,
      @Nullable CallUsage usage) {
    return new Answer(
        end == CallEnd.REFUSED ? 429 : 200,
        end,
        null,
        null,
        retryAfter,
        null,
        model,
        tier,
        null,
        null,
        null,
        null,
        Map.of(),
        usage,
        3,
        5,
        "text",
        0);
  }
}
