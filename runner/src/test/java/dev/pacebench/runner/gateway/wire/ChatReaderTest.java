package dev.pacebench.runner.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatReaderTest {

  private static final CallUsage USAGE = new CallUsage(1000, 900, 0, 50, 20);

  @Test
  void everyFieldOfAStreamWithTextAndACall() {
    Fixture fixture = Fixture.of("chat-tools.sse");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer())
        .isEqualTo(
            new Answer(
                200,
                CallEnd.COMPLETED,
                null,
                null,
                null,
                "tool_calls",
                "gpt-4.1-2025-04-14",
                "default",
                null,
                null,
                "chatcmpl-1",
                null,
                Map.of(),
                USAGE,
                9,
                6 + 13,
                "text",
                0));
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("\"content\":\"Né\"", 1));
    assertThat(reading.answerStart()).isEqualTo(reading.first());
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("and\\\":1}", 1));
    assertThat(reading.terminalAt()).isEqualTo(fixture.bytes().length);
  }

  @Test
  void theStartOfACallIsAnswerBeforeItsArguments() {
    Fixture whole = Fixture.of("chat-tools.sse");
    Fixture fixture = whole.replaced("\"content\":\"", "\"other\":\"");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("\"name\":\"bash\"", 1));
    assertThat(reading.answerStart()).isEqualTo(reading.first());
    assertThat(reading.answer().firstSource()).isEqualTo("tool_arguments");
  }

  @Test
  void reasoningUnderTwoNamesCountsOnceAndReasoningTokensCountAsOutput() {
    Fixture fixture = Fixture.of("chat-reasoning.sse");
    Reading reading = fixture.readByteByByte();
    Answer answer = reading.answer();
    assertThat(answer.firstSource()).isEqualTo("reasoning");
    assertThat(answer.visibleChars()).isEqualTo(7 + 3);
    assertThat(answer.usage()).isEqualTo(new CallUsage(10, 0, 0, 4 + 3, 3));
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("I think", 1));
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("so.", 1));
  }

  @Test
  void aCleanEndAfterAReasonToStopNeedsNoLastEvent() {
    Fixture fixture = Fixture.of("chat-reasoning.sse");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer().end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(reading.answer().stopReason()).isEqualTo("length");
    assertThat(reading.terminalAt()).isEqualTo(fixture.bytes().length);
    assertThat(fixture.read(false, fixture.bytes().length).answer().end()).isEqualTo(CallEnd.CUT);
  }

  @Test
  void anErrorInTheStreamEndsIt() {
    Answer answer = Fixture.of("chat-error.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.errorCode()).isEqualTo("server_error");
    assertThat(answer.retryAfterMillis()).isEqualTo(20_000);
    assertThat(answer.visibleChars()).isEqualTo(2);
  }

  @Test
  void aFilterStopsAnAnswerEarly() {
    Answer answer =
        Fixture.of("chat-tools.sse")
            .replaced("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"content_filter\"")
            .readWhole()
            .answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
  }

  @Test
  void theUsageChunkMayBeMissing() {
    Answer answer =
        Fixture.of("chat-tools.sse").replaced("\"usage\":{", "\"other\":{").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.usage()).isNull();
  }

  @Test
  void aDocumentTellsAsMuchAsAStream() {
    Reading reading = Fixture.of("chat-plain.json").readWhole();
    Answer answer = reading.answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.stopReason()).isEqualTo("tool_calls");
    assertThat(answer.tier()).isEqualTo("priority");
    assertThat(answer.usage()).isEqualTo(USAGE);
    assertThat(answer.visibleChars()).isEqualTo(2 + 7);
    assertThat(reading.answerStart()).isEqualTo(reading.terminalAt());
  }
}
