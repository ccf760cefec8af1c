package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests for {@link SeenCall}. */
class SeenCallTest {

  private static final byte[] THREE =
      "event: a\ndata: {}\n\ndata: b\n\n: ping\n\n".getBytes(StandardCharsets.US_ASCII);

  private static SentCall sent(long... at) {
    return new SentCall(
        "x", "id", Protocol.OPENAI_CHAT, Transport.SSE, 0, 0, at, at.clone(), 0, 0, 1, true);
  }

  @Test
  void eventsAreCountedByTheirEndsWhereverReadsAreSplit() {
    for (int split = 0; split <= THREE.length; split++) {
      SeenCall seen = new SeenCall();
      seen.read(Arrays.copyOfRange(THREE, 0, split), false, 1);
      seen.read(Arrays.copyOfRange(THREE, split, THREE.length), false, 2);

      assertThat(seen.events()).isEqualTo(3);
    }
  }

  @Test
  void anErrorIsTheDifferenceOfTheTwoGaps() {
    SeenCall seen = new SeenCall();
    for (long nanos : new long[] {1_000, 1_100, 1_190}) {
      seen.read(new byte[0], true, nanos);
    }

    assertThat(seen.gapErrors(sent(10, 100, 205))).containsExactly(10L, 15L);
  }

  @Test
  void eventsOfOneWriteHaveNoGap() {
    SeenCall seen = new SeenCall();
    seen.read(THREE, false, 50);

    assertThat(seen.gapErrors(sent(7, 7, 7))).isEmpty();
  }

  @Test
  void anEventThatWasNotSeenIsNoSmallError() {
    SeenCall seen = new SeenCall();
    seen.read(new byte[0], true, 1);

    assertThatThrownBy(() -> seen.gapErrors(sent(1, 2))).hasMessageContaining("2 events");
    seen.reset();
    assertThat(seen.events()).isZero();
  }
}
