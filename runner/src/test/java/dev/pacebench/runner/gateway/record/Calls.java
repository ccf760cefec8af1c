package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.gateway.call.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Made-up calls. */
final class Calls {

  static final long ORIGIN = 1_000_000_000L;

  private Calls() {}

  /** A call with every field filled, sent {@code seq} seconds after the origin. */
  static CallRecord full(int seq, int attempt) {
    return call(seq, attempt, Protocol.OPENAI_RESPONSES, Transport.SSE, CallEnd.COMPLETED);
  }

  static CallRecord call(
      int seq, int attempt, Protocol protocol, Transport transport, CallEnd end) {
    long start = ORIGIN + seq * 1_000_000_000L;
    return new CallRecord(
        seq,
        attempt,
        protocol,
        transport,
        2,
        true,
        new Asked("m", "priority", "fast", "low", true, false, "resp_0", List.of("model")),
        new Answer(
            200,
            end,
            "code",
            "said \"no\"\n",
            1500L,
            "stop",
            "m-1",
            "default",
            null,
            "req_1",
            "resp_1",
            12L,
            Map.of("engine_ms", 3.5),
            new CallUsage(100, 40, 0, 20, 8),
            9,
            80,
            "text",
            1),
        new CallTimes(
            start,
            start + 1,
            start + 2,
            start + 12_000_002,
            start + 12_000_003,
            start + 13_000_000,
            start + 50_000_000,
            start + 60_000_000,
            start + 61_000_000,
            start + 90_000_000,
            start + 91_000_000,
            start + 92_000_000),
        321,
        654,
        new RetryWait(7, true));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
