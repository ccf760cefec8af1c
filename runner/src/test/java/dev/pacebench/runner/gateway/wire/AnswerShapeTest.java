package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are something else than what they say or what was asked for. */
class AnswerShapeTest {

  private static final String SSE = "text/event-stream";

  @Test
  void aStreamUnderAnotherContentTypeIsRead() {
    Answer answer =
        read(Protocol.OPENAI_CHAT, 200, "text/plain", Fixture.of("chat-tools.sse").text());
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
  }

  @Test
  void aDocumentInPlaceOfAStreamIsRead() {
    Answer answer = read(Protocol.OPENAI_CHAT, 200, SSE, Fixture.of("chat-plain.json").text());
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.malformed()).isZero();
  }

  @Test
  void aByteOrderMarkAndBlanksInFrontArePassedOver() {
    String stream = Fixture.of("messages-tools.sse").text();
    assertThat(read(Protocol.ANTHROPIC_MESSAGES, 200, SSE, "\uFEFF" + stream).end())
        .isEqualTo(CallEnd.COMPLETED);
    String document = Fixture.of("messages-plain.json").text();
    assertThat(read(Protocol.ANTHROPIC_MESSAGES, 200, SSE, "\n  " + document).end())
        .isEqualTo(CallEnd.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatNoProtocolKnowsIsUnknown(Protocol protocol) {
    assertThat(read(protocol, 200, "text/html", "<html><p>Sign in</html>").end())
        .isEqualTo(CallEnd.UNKNOWN);
    assertThat(read(protocol, 200, SSE, "Sign in\nfirst\n").end()).isEqualTo(CallEnd.UNKNOWN);
    assertThat(read(protocol, 200, "application/json", "{\"ok\":true}").end())
        .isEqualTo(CallEnd.UNKNOWN);
    assertThat(read(protocol, 302, "text/html", "Moved").end()).isEqualTo(CallEnd.UNKNOWN);
    Answer broken = read(protocol, 200, SSE, "data: {broken}\n\ndata: 7\n\n");
    assertThat(broken.end()).isEqualTo(CallEnd.UNKNOWN);
    assertThat(broken.malformed()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamThatEndsBeforeItsFirstEventIsCut(Protocol protocol) {
    assertThat(read(protocol, 200, SSE, "").end()).isEqualTo(CallEnd.CUT);
    assertThat(read(protocol, 200, SSE, ": ping\n\n").end()).isEqualTo(CallEnd.CUT);
  }

  @Test
  void aCompressedBodyIsNotGuessedAt() {
    CallReader reader = reader();
    reader.head(200, Map.of("content-type", List.of(SSE), "content-encoding", List.of("gzip")), 0);
    reader.body(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, 4, 1);
    reader.end(true, 2);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.UNKNOWN);
  }

  @Test
  void aMalformedEventIsCountedAndTheOthersAreRead() {
    Answer answer =
        Fixture.of("responses-tools.sse")
            .replaced("\"delta\":\"Grü\"", "\"delta\":\"Grü")
            .readWhole()
            .answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.malformed()).isEqualTo(1);
    assertThat(answer.events()).isEqualTo(18);
    assertThat(answer.visibleChars()).isEqualTo(5 + 12);
  }

  @Test
  void fieldsInAnotherOrderMeanTheSame() {
    Answer answer =
        read(
            Protocol.OPENAI_RESPONSES,
            200,
            SSE,
            "data: {\"delta\":\"ab\",\"type\":\"response.output_text.delta\"}\n\n"
                + "data: {\"response\":{\"usage\":{\"output_tokens\":3}},"
                + "\"type\":\"response.completed\"}\n\n");
    assertThat(answer.visibleChars()).isEqualTo(2);
    assertThat(answer.usage().output()).isEqualTo(3);
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
  }

  @Test
  void figuresThatMakeNoSenseAreNotTaken() {
    Answer answer =
        read(
            Protocol.OPENAI_RESPONSES,
            200,
            SSE,
            "data: {\"type\":\"response.completed\",\"response\":{\"model\":7,\"usage\":{"
                + "\"input_tokens\":-5,\"output_tokens\":1e400,\"total_tokens\":{}}}}\n\n"
                + "data: {\"type\":\"response.completed\",\"response\":[]}\n\n");
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.model()).isEqualTo("7");
    assertThat(answer.usage()).isNull();
  }

  @Test
  void aPairSplitOverTwoPiecesIsOneCharacter() {
    Answer answer =
        read(
            Protocol.OPENAI_RESPONSES,
            200,
            SSE,
            "data: {\"type\":\"response.output_text.delta\",\"delta\":\"\\ud83d\"}\n\n"
                + "data: {\"type\":\"response.output_text.delta\",\"delta\":\"\\ude00\"}\n\n");
    assertThat(answer.visibleChars()).isEqualTo(1);
  }

  private static Answer read(Protocol protocol, int status, String type, String body) {
    CallReader reader = AnswerReaders.of(protocol, Transport.SSE, true, Fixture.CLOCK);
    reader.head(status, Map.of("content-type", List.of(type)), 0);
    byte[] bytes = body.getBytes(UTF_8);
    reader.body(bytes, 0, bytes.length, 1);
    reader.end(true, 2);
    return reader.answer();
  }

  private static CallReader reader() {
    return AnswerReaders.of(Protocol.OPENAI_CHAT, Transport.SSE, true, Fixture.CLOCK);
  }
}
