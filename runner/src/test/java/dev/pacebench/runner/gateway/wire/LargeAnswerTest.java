package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers much larger than the memory that a reader may hold. */
class LargeAnswerTest {

  private static final int LARGE = 64 << 20;
  private static final long BOUND = 2L * (CallReader.EVENT_LIMIT + CallReader.TAIL_LIMIT);
  private static final String USAGE =
      "\"usage\":{\"input_tokens\":1000,\"input_tokens_details\":{\"cached_tokens\":900},"
          + "\"output_tokens\":50}";
  private static final CallUsage COUNTED = new CallUsage(1000, 900, 0, 50, 0);

  @Test
  void aLargeEventIsPassedOverInBoundedMemory() {
    CallReader reader = reader(Protocol.OPENAI_RESPONSES, Transport.SSE);
    feed(reader, "data: {\"type\":\"response.image.partial\",\"image\":\"");
    long most = feedFiller(reader);
    feed(reader, "\"}\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}\n\n");
    assertThat(most).isLessThanOrEqualTo(BOUND);
    assertThat(reader.held()).as("given back afterwards").isLessThan(64 << 10);
    Answer answer = reader.answer();
    assertThat(answer.events()).isEqualTo(2);
    assertThat(answer.malformed()).isEqualTo(1);
    assertThat(answer.visibleChars()).isEqualTo(2);
  }

  @Test
  void aLargeLastEventStillTellsHowItEndedAndWhatItCost() {
    CallReader reader = reader(Protocol.OPENAI_RESPONSES, Transport.SSE);
    feed(
        reader,
        "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_9\","
            + "\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\","
            + "\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"");
    long most = feedFiller(reader);
    feed(reader, "\"}]}],\"service_tier\":\"priority\"," + USAGE + "}}\n\n");
    assertThat(most).isLessThanOrEqualTo(BOUND);
    Answer answer = reader.answer();
    assertThat(reader.terminal()).isTrue();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.responseId()).isEqualTo("resp_9");
    assertThat(answer.model()).isEqualTo("m");
    assertThat(answer.tier()).isEqualTo("priority");
    assertThat(answer.usage()).isEqualTo(COUNTED);
    assertThat(answer.malformed()).isEqualTo(1);
  }

  @Test
  void aLargeEventOfManyLinesIsPassedOverAsWell() {
    CallReader reader = reader(Protocol.OPENAI_RESPONSES, Transport.SSE);
    feed(reader, "data: {\"type\":\"response.completed\",\n");
    byte[] lines =
        "data: \"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",\n".repeat(1000).getBytes(UTF_8);
    long most = 0;
    for (int i = 0; i < 200; i++) {
      reader.body(lines, 0, lines.length, 1);
      most = Math.max(most, reader.held());
    }
    feed(reader, "data: \"last\":{" + USAGE + "}}\n\n");
    assertThat(most).isLessThanOrEqualTo(BOUND);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(reader.answer().usage()).isEqualTo(COUNTED);
  }

  @Test
  void aLargeFrameIsReadAtItsHeadAndTailOnly() {
    byte[] filler = new byte[3 << 20];
    Arrays.fill(filler, (byte) 'x');
    String text =
        "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_9\",\"object\":\"response\","
            + "\"output\":[\""
            + new String(filler, UTF_8)
            + "\"],"
            + USAGE
            + "}}";
    CallReader reader = reader(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET);
    reader.frame(text.getBytes(UTF_8), 0, text.length(), 5);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(reader.answer().usage()).isEqualTo(COUNTED);
    assertThat(reader.held()).isZero();
  }

  @Test
  void aLargeDocumentStillTellsWhatItCost() {
    for (Protocol protocol : Protocol.values()) {
      CallReader reader = reader(protocol, Transport.PLAIN);
      String head =
          switch (protocol) {
            case OPENAI_RESPONSES ->
                "{\"object\":\"response\",\"status\":\"completed\",\"output\":[\"";
            case OPENAI_CHAT -> "{\"object\":\"chat.completion\",\"choices\":[{\"x\":\"";
            case ANTHROPIC_MESSAGES -> "{\"type\":\"message\",\"content\":[{\"x\":\"";
            case GEMINI -> "{\"candidates\":[{\"finishReason\":\"STOP\",\"x\":\"";
          };
      String usage =
          protocol == Protocol.GEMINI
              ? "\"usageMetadata\":{\"candidatesTokenCount\":45,\"thoughtsTokenCount\":5}"
              : USAGE;
      feed(reader, head);
      long most = feedFiller(reader);
      feed(reader, (protocol == Protocol.OPENAI_RESPONSES ? "\"]," : "\"}],") + usage + "}");
      reader.end(true, 9);
      assertThat(most).isLessThanOrEqualTo(CallReader.DOCUMENT_LIMIT + CallReader.TAIL_LIMIT);
      assertThat(reader.answer().end()).as(protocol.word()).isEqualTo(CallEnd.COMPLETED);
      assertThat(reader.answer().usage().output()).as(protocol.word()).isEqualTo(50);
      assertThat(reader.answer().malformed()).isEqualTo(1);
    }
  }

  @Test
  void aNumberAtTheCutIsNotTakenForAWholeOne() {
    Kept kept = new Kept(CallReader.EVENT_LIMIT, CallReader.TAIL_LIMIT);
    String head = "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"output_tokens\":";
    String blanks = " ".repeat(CallReader.EVENT_LIMIT - head.length() - 2);
    String text = head + blanks + "1234" + "}}}" + " ".repeat(CallReader.TAIL_LIMIT);
    kept.add(text.getBytes(UTF_8), 0, text.length());
    CallReader reader = reader(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET);
    reader.frame(text.getBytes(UTF_8), 0, text.length(), 5);
    assertThat(kept.whole()).isFalse();
    assertThat(reader.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(reader.answer().usage()).isNull();
  }

  @Test
  void headAndTailAreThoseOfAllBytes() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      byte[] all = new byte[random.nextInt(400)];
      random.nextBytes(all);
      Kept kept = new Kept(100, 30);
      for (int at = 0; at < all.length; ) {
        int count = Math.min(all.length - at, random.nextInt(120));
        kept.add(all, at, count);
        at += count;
      }
      assertThat(kept.length()).isEqualTo(all.length);
      assertThat(kept.whole()).isEqualTo(all.length <= 100);
      assertThat(Arrays.copyOf(kept.head(), kept.headLength()))
          .isEqualTo(Arrays.copyOf(all, Math.min(100, all.length)));
      assertThat(kept.tail())
          .isEqualTo(Arrays.copyOfRange(all, Math.max(0, all.length - 30), all.length));
    }
  }

  private static CallReader reader(Protocol protocol, Transport transport) {
    CallReader reader = AnswerReaders.of(protocol, transport, true, Fixture.CLOCK);
    if (transport != Transport.WEBSOCKET) {
      reader.head(200, Map.of("content-type", List.of("text/event-stream")), 0);
    }
    return reader;
  }

  private static void feed(CallReader reader, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    reader.body(bytes, 0, bytes.length, 1);
  }

  /** Feeds 64 MB and gives the most memory that was held on the way. */
  private static long feedFiller(CallReader reader) {
    byte[] filler = new byte[64 << 10];
    Arrays.fill(filler, (byte) 'x');
    long most = 0;
    for (int fed = 0; fed < LARGE; fed += filler.length) {
      reader.body(filler, 0, filler.length, 1);
      most = Math.max(most, reader.held());
    }
    return most;
  }
}
