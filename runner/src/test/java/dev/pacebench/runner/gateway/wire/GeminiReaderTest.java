package dev.pacebench.runner.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiReaderTest {

  private static final CallUsage USAGE = new CallUsage(1000, 900, 0, 30 + 20, 20);
  private static final int ARGUMENTS = "{\"command\":\"ls\",\"n\":1}".length();

  @Test
  void everyFieldOfAStreamWithThoughtsTextAndACall() {
    Fixture fixture = Fixture.of("gemini-tools.sse");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer())
        .isEqualTo(
            new Answer(
                200,
                CallEnd.COMPLETED,
                null,
                null,
                null,
                "STOP",
                "gemini-3-flash",
                null,
                null,
                null,
                "resp-1",
                null,
                Map.of(),
                USAGE,
                4,
                14 + 2 + ARGUMENTS,
                "reasoning",
                0));
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("Thinking", 1));
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("Né", 1));
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("functionCall", 1));
    assertThat(reading.terminalAt()).isEqualTo(fixture.bytes().length);
  }

  @Test
  void aCallIsAnswerAsSoonAsItIsThere() {
    Fixture fixture = Fixture.of("gemini-tools.sse").replaced("\"text\":\"Né\"", "\"text\":\"\"");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("functionCall", 1));
  }

  /** Older models do so with every part. */
  @Test
  void aReasonToStopBeforeTheEndEndsNothing() {
    Fixture fixture = Fixture.of("gemini-length.sse");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer().end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(reading.answer().stopReason()).isEqualTo("MAX_TOKENS");
    assertThat(reading.answer().visibleChars()).isEqualTo(7);
    assertThat(reading.answer().usage()).isEqualTo(new CallUsage(13, 0, 0, 4, 0));
    assertThat(reading.last()).isEqualTo(fixture.bytes().length);
    assertThat(fixture.read(false, fixture.bytes().length).answer().end()).isEqualTo(CallEnd.CUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAFETY", "MALFORMED_FUNCTION_CALL", "RECITATION", "NEW_REASON"})
  void whatWasStoppedIsIncomplete(String reason) {
    Answer answer =
        Fixture.of("gemini-tools.sse")
            .replaced("\"STOP\"", '"' + reason + '"')
            .readWhole()
            .answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(answer.stopReason()).isEqualTo(reason);
  }

  @Test
  void aPromptThatIsBlockedHasNoCandidates() {
    String body =
        "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},"
            + "\"usageMetadata\":{\"promptTokenCount\":7}}";
    Answer answer = Fixture.of("gemini-plain.json").with(body.getBytes()).readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(answer.stopReason()).isEqualTo("PROHIBITED_CONTENT");
    assertThat(answer.usage()).isEqualTo(new CallUsage(7, 0, 0, 0, 0));
  }

  @Test
  void anErrorInTheStreamEndsIt() {
    Answer answer = Fixture.of("gemini-error.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.errorCode()).isEqualTo("UNAVAILABLE");
    assertThat(answer.message()).isEqualTo("The model is overloaded.");
    assertThat(answer.retryAfterMillis()).isEqualTo(2_500);
    assertThat(answer.visibleChars()).isEqualTo(2);
  }

  @Test
  void aDocumentTellsAsMuchAsAStream() {
    Answer answer = Fixture.of("gemini-plain.json").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.usage()).isEqualTo(USAGE);
    assertThat(answer.visibleChars()).isEqualTo(3 + 2 + "{\"command\": \"ls\"}".length());
    assertThat(answer.model()).isEqualTo("gemini-3-flash");
    assertThat(answer.responseId()).isEqualTo("resp-1");
  }

  @Test
  void theTierThatServedStandsInAHeader() {
    Fixture fixture = Fixture.of("gemini-tools.sse");
    CallReader reader = fixture.reader();
    reader.head(200, Map.of("x-gemini-service-tier", java.util.List.of("priority")), 0);
    reader.body(fixture.bytes(), 0, fixture.bytes().length, 1);
    reader.end(true, 2);
    assertThat(reader.answer().tier()).isEqualTo("priority");
  }
}
