package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseSplitterTest {

  private final List<String> events = new ArrayList<>();
  private final List<Long> instants = new ArrayList<>();
  private final SseSplitter splitter =
      new SseSplitter(
          64,
          16,
          (bytes, offset, length, tail, nanos) -> {
            events.add(
                new String(bytes, offset, length, UTF_8)
                    + (tail.length == 0 ? "" : "..." + new String(tail, UTF_8)));
            instants.add(nanos);
          });

  @Test
  void severalEventsInOneRead() {
    feed("data: a\n\ndata: b\n\n", 1);
    assertThat(events).containsExactly("a", "b");
  }

  @Test
  void anEventIsStampedByTheReadThatCompletedIt() {
    feed("data: a", 1);
    feed("\n", 2);
    feed("\ndata: b\n\n", 3);
    assertThat(events).containsExactly("a", "b");
    assertThat(instants).containsExactly(3L, 3L);
  }

  @Test
  void commentsAndOtherFieldsArePassedOver() {
    feed(": ping\n\nevent: x\nid: 7\nretry: 10\n\nevent: y\ndata: a\n\n", 1);
    assertThat(events).containsExactly("a");
    assertThat(splitter.strangeLines()).isZero();
  }

  @Test
  void linesOfDataAreJoined() {
    feed("data: a\ndata: b\ndata:c\ndata\n\n", 1);
    assertThat(events).containsExactly("a\nb\nc\n");
  }

  @Test
  void onlyOneBlankAfterTheColonIsLeftOut() {
    feed("data:  a\n\ndata:b\n\n", 1);
    assertThat(events).containsExactly(" a", "b");
  }

  @Test
  void allLineEndsEndLines() {
    feed("data: a\r\n\r\ndata: b\r\rdata: c\r", 1);
    feed("\n\r", 2);
    feed("\ndata: d\n\r\n", 3);
    assertThat(events).containsExactly("a", "b", "c", "d");
    assertThat(instants).containsExactly(1L, 1L, 2L, 3L);
  }

  @Test
  void aLineEndSplitInTwoIsOneLineEnd() {
    feed("data: a\r", 1);
    feed("\ndata: b\r", 2);
    feed("\n", 3);
    assertThat(events).isEmpty();
    feed("\r", 4);
    feed("\n", 5);
    assertThat(events).containsExactly("a\nb");
    assertThat(instants).containsExactly(4L);
  }

  @Test
  void aFieldWhoseNameOnlyStartsAlikeIsAnother() {
    feed("database: x\ndata2\n\n", 1);
    assertThat(events).isEmpty();
    assertThat(splitter.strangeLines()).isEqualTo(2);
  }

  @Test
  void charactersOfSeveralBytesMayBeSplit() {
    byte[] bytes = "data: 😀é\n\n".getBytes(UTF_8);
    for (byte b : bytes) {
      splitter.feed(new byte[] {b}, 0, 1, 1);
    }
    assertThat(events).containsExactly("😀é");
  }

  @Test
  void theLastEventNeedsNoBlankLine() {
    feed("data: a\n\ndata: [DONE]", 1);
    splitter.finish(2);
    assertThat(events).containsExactly("a", "[DONE]");
  }

  @Test
  void ofALongEventHeadAndTailAreHandedOn() {
    String text = "0123456789".repeat(20);
    feed("data: " + text.substring(0, 90), 1);
    feed(text.substring(90) + "\n\ndata: b\n\n", 2);
    assertThat(events).hasSize(2);
    assertThat(events.get(0))
        .startsWith(text.substring(0, 58))
        .endsWith("..." + text.substring(200 - 16));
    assertThat(events.get(1)).isEqualTo("b");
  }

  @Test
  void aLongLineThatIsNoDataIsForgotten() {
    feed(": " + "x".repeat(500), 1);
    feed("x\nevent: " + "y".repeat(500), 2);
    feed("\ndata: a\n\n", 3);
    assertThat(events).containsExactly("a");
    assertThat(splitter.held()).isLessThanOrEqualTo(2 * (64 + 16));
  }

  private void feed(String text, long nanos) {
    byte[] bytes = text.getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length, nanos);
  }
}
