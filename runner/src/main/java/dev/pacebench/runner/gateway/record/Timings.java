package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.wire.AnswerReader;
import dev.pacebench.runner.gateway.wire.AnswerReaders;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When the parts of an answer are sent, in nanoseconds after the request was read whole.
 *
 * @param head of status and headers
 * @param parts of each part; never falling
 * @param end of the answer
 */
record Timings(long head, List<Long> parts, long end) {

  Timings {
    parts = List.copyOf(parts);
  }

  static Timings of(RecordedCall call, List<byte[]> parts, Pace pace) {
    if (pace instanceof Pace.AsTier as) {
      return asTier(call, parts, as.tier(), new Random(as.seed() * 31 + call.number()));
    }
    return pace instanceof Pace.Original
        ? original(call)
        : new Timings(0, Collections.nCopies(parts.size(), 0L), 0);
  }

  private static Timings original(RecordedCall call) {
    long base = call.handedOver();
    long[] offsets = new long[call.parts().size()];
    long head = Math.max(0, call.head().map(found -> found.nanos() - base).orElse(0L));
    long before = head;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Math.max(before, call.parts().get(i).nanos() - base);
      before = offsets[i];
    }
    CallTimes times = call.call().times();
    return new Timings(head, boxed(offsets), Math.max(before, times.end() - base));
  }

  /**
   * Tokens come at the tier's pace from its first one on. Which of them a part carries is taken
   * from the characters that it adds; reasoning that is not seen comes before all of them.
   */
  private static Timings asTier(
      RecordedCall call, List<byte[]> parts, SimulatedTier tier, Random random) {
    long[] characters = characters(call, parts);
    long all = characters.length == 0 ? 0 : characters[characters.length - 1];
    CallUsage usage = call.call().answer().usage();
    boolean reasoningSeen = "reasoning".equals(call.call().answer().firstSource());
    double output = usage == null ? Math.ceil(all / 4.0) : usage.output();
    double hidden = usage == null || reasoningSeen ? 0 : usage.reasoning();
    long head = jittered(tier.roundtrip(), tier, random);
    long first =
        head
            + jittered(tier.firstToken().plus(prefill(usage, tier)), tier, random)
            + nanos(hidden / tier.tokensPerSecond());
    double perToken = 1e9 / tier.tokensPerSecond();
    double shown = Math.max(1, output - hidden);
    long[] offsets = new long[parts.size()];
    long before = head;
    for (int i = 0; i < offsets.length; i++) {
      if (characters[i] > 0) {
        double tokens = shown * characters[i] / all;
        double spread = 1 + tier.jitter() * (2 * random.nextDouble() - 1);
        long due = first + (long) (Math.max(0, tokens - 1) * perToken);
        // Jitter moves a part within its own place, so that it never adds up.
        before = Math.max(before, due + (long) (perToken * (spread - 1)));
      }
      offsets[i] = before;
    }
    long end = all == 0 ? Math.max(before, first) : before;
    return new Timings(head, boxed(offsets), end);
  }

  private static Duration prefill(@Nullable CallUsage usage, SimulatedTier tier) {
    if (usage == null || tier.prefillTokensPerSecond() <= 0) {
      return Duration.ZERO;
    }
    long fresh = Math.max(0, usage.input() - usage.cached());
    return Duration.ofNanos(nanos(fresh / tier.prefillTokensPerSecond()));
  }

  private static long jittered(Duration wait, SimulatedTier tier, Random random) {
    return (long) (wait.toNanos() * (1 + tier.jitter() * (2 * random.nextDouble() - 1)));
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  /** Characters of model output up to and including each part. */
  private static long[] characters(RecordedCall call, List<byte[]> parts) {
    Transport transport = call.call().transport();
    AnswerReader reader =
        AnswerReaders.of(call.call().protocol(), transport, call.call().asked().stream());
    call.head().ifPresent(head -> reader.head(head.status(), head.headers(), 0));
    long[] sums = new long[parts.size()];
    for (int i = 0; i < sums.length; i++) {
      byte[] part = parts.get(i);
      if (transport == Transport.WEBSOCKET) {
        reader.frame(part, 0, part.length, i);
      } else {
        reader.body(part, 0, part.length, i);
      }
      sums[i] = reader.answer().visibleChars();
    }
    return sums;
  }

  private static List<Long> boxed(long[] offsets) {
    return Arrays.stream(offsets).boxed().toList();
  }
}
