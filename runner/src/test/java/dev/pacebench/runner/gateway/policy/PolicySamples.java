package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers and calls as policies see them. */
final class PolicySamples {

  private PolicySamples() {}

  static Answer answer(
      int status, CallEnd end, @Nullable String code, @Nullable Long retryAfterMillis) {
    return answer(status, end, code, retryAfterMillis, null, null);
  }

  static Answer answer(
      int status,
      CallEnd end,
      @Nullable String code,
      @Nullable Long retryAfterMillis,
      @Nullable CallUsage usage,
      @Nullable String firstSource) {
    return new Answer(
        status,
        end,
        code,
        null,
        retryAfterMillis,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        usage,
        0,
        0,
        firstSource,
        0);
  }

  static CallRecord call(@Nullable CallUsage usage) {
    return new CallRecord(
        1,
        1,
        Protocol.OPENAI_RESPONSES,
        Transport.SSE,
        1,
        false,
        Asked.unknown(),
        answer(200, CallEnd.COMPLETED, null, null, usage, "text"),
        new CallTimes(0, null, null, null, null, null, null, null, null, null, null, 1),
        0,
        0,
        null);
  }
}
