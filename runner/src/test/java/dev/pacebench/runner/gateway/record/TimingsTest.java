package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the parts of a recorded answer are sent. */
class TimingsTest {

  private static final long MS = 1_000_000L;
  private static final long START = Calls.ORIGIN + 1_000 * MS;

  private final List<byte[]> bytes = new ArrayList<>();
  private final List<RecordedCall.Part> parts = new ArrayList<>();

  private void part(long millis, String text) {
    bytes.add(Calls.bytes(text));
    parts.add(
        new RecordedCall.Part(new RecordedCall.Slice(0, 0), START - Calls.ORIGIN + millis * MS));
  }

  private static String delta(String type, String text) {
    return "data: {\"type\":\"response." + type + ".delta\",\"delta\":\"" + text + "\"}\n\n";
  }

  /** A call of 100 input tokens, 40 of them cached, and 20 output tokens, 8 of them reasoning. */
  private RecordedCall call() {
    return new RecordedCall(
        1,
        Calls.call(1, 1, Protocol.OPENAI_RESPONSES, Transport.SSE, CallEnd.COMPLETED)
            .since(Calls.ORIGIN),
        START - Calls.ORIGIN + 12_000_003,
        Optional.of(new RecordedCall.Slice(0, 0)),
        Optional.of(
            new RecordedCall.Head(
                200,
                Map.of("content-type", List.of("text/event-stream")),
                START - Calls.ORIGIN + 50 * MS)),
        parts,
        Path.of("recording.jsonl"));
  }

  private static SimulatedTier tier(double tokensPerSecond, double jitter, double prefill) {
    return new SimulatedTier(
        Duration.ofMillis(200),
        tokensPerSecond,
        1,
        jitter,
        Duration.ofMillis(30),
        Duration.ofMillis(10),
        prefill,
        0.5,
        SimulatedTier.Faults.NONE);
  }

  @Test
  void theOriginalPaceIsThatAfterTheRequestWasHandedOver() {
    part(60, "a");
    part(61, "b");
    part(90, "c");

    Timings timings = Timings.of(call(), bytes, Pace.ORIGINAL);

    // Handed over 13 ms after the start, ended at 92 ms.
    assertThat(timings)
        .isEqualTo(new Timings(37 * MS, List.of(47 * MS, 48 * MS, 77 * MS), 79 * MS));
  }

  @Test
  void anotherTiersPaceFollowsTheTokensInEachPart() {
    part(50, "data: {\"type\":\"response.created\"}\n\n");
    part(60, delta("output_text", "abcd"));
    part(61, delta("output_text", "abcd") + delta("output_text", "abcd"));
    part(90, "data: {\"type\":\"response.completed\",\"response\":{}}\n\n");

    Timings timings = Timings.of(call(), bytes, new Pace.AsTier(tier(100, 0, 600), 1));

    // 10 ms roundtrip; 60 new tokens read in 100 ms, 200 ms to the first token, 8 hidden tokens at
    // 10 ms each; 12 seen tokens in 12 characters: 4, then 12.
    long first = (10 + 100 + 200 + 80) * MS;
    assertThat(timings.head()).isEqualTo(10 * MS);
    assertThat(timings.parts())
        .containsExactly(10 * MS, first + 30 * MS, first + 110 * MS, first + 110 * MS);
    assertThat(timings.end()).isEqualTo(first + 110 * MS);
  }

  @Test
  void jitterIsSeededAndNeverAddsUp() {
    for (int i = 0; i < 200; i++) {
      part(60 + i, delta("output_text", "a"));
    }
    SimulatedTier tier = tier(1000, 0.5, 0);

    Timings one = Timings.of(call(), bytes, new Pace.AsTier(tier, 7));
    Timings same = Timings.of(call(), bytes, new Pace.AsTier(tier, 7));
    Timings other = Timings.of(call(), bytes, new Pace.AsTier(tier, 8));

    assertThat(one).isEqualTo(same).isNotEqualTo(other);
    assertThat(one.parts()).isSorted();
    // 12 seen tokens at 1 ms each.
    long spread = one.parts().get(199) - one.parts().get(0);
    assertThat(spread).isBetween(10 * MS, 12 * MS);
  }

  @Test
  void atOnceWaitsForNothing() {
    part(60, "a");

    assertThat(Timings.of(call(), bytes, Pace.AT_ONCE)).isEqualTo(new Timings(0, List.of(0L), 0));
  }
}
