package dev.pacebench.sandbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.Output;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputCollectorTest {

  @Test
  void keepsEverythingUpToItsLimit() {
    OutputCollector collector = new OutputCollector(10);
    collector.add("01234".getBytes());
    collector.add("56789".getBytes());
    assertThat(collector.output().text()).isEqualTo("0123456789");
    assertThat(collector.output().dropped()).isZero();
    assertThat(collector.output().tail()).isEmpty();
  }

  @Test
  void keepsHeadAndTailAndCountsTheRest() {
    OutputCollector collector = new OutputCollector(4);
    collector.add("abcdefgh".getBytes());
    collector.add("ij".getBytes());
    Output output = collector.output();
    assertThat(new String(output.head())).isEqualTo("ab");
    assertThat(new String(output.tail())).isEqualTo("ij");
    assertThat(output.dropped()).isEqualTo(6);
    assertThat(output.total()).isEqualTo(10);
  }

  @Test
  void agreesWithAPlainBufferForAnyPieces() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int limit = random.nextInt(40);
      byte[] all = new byte[random.nextInt(20_000) / (1 + random.nextInt(400))];
      random.nextBytes(all);
      OutputCollector collector = new OutputCollector(limit);
      for (int at = 0; at < all.length; ) {
        int n = Math.min(all.length - at, 1 + random.nextInt(60));
        collector.add(all, at, n);
        at += n;
      }
      Output output = collector.output();
      assertThat(output.total()).isEqualTo(all.length);
      if (all.length <= limit) {
        assertThat(output.head()).isEqualTo(all);
      } else {
        int head = limit - limit / 2;
        assertThat(output.head()).isEqualTo(java.util.Arrays.copyOf(all, head));
        assertThat(output.tail())
            .isEqualTo(java.util.Arrays.copyOfRange(all, all.length - limit / 2, all.length));
      }
    }
  }

  @Test
  void countsBeyondTwoGigabytes() {
    OutputCollector collector = new OutputCollector(100);
    byte[] piece = new byte[1 << 20];
    for (int i = 0; i < 2100; i++) {
      collector.add(piece);
    }
    assertThat(collector.output().total()).isEqualTo(2100L << 20);
  }
}
