package dev.pacebench.runner.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesReaderTest {

  @Test
  void everyFieldOfAStreamWithThinkingTextAndACall() {
    Fixture fixture = Fixture.of("messages-tools.sse");
    Reading reading = fixture.readByteByByte();
    // Input as Anthropic counts it leaves out what was read from and written to the cache.
    assertThat(reading.answer())
        .isEqualTo(
            new Answer(
                200,
                CallEnd.COMPLETED,
                null,
                null,
                null,
                "tool_use",
                "claude-opus-4-6",
                "standard",
                "fast",
                null,
                "msg_1",
                null,
                Map.of(),
                new CallUsage(100 + 900 + 30, 900, 30, 40, 12),
                18,
                10 + 7 + 16,
                "item",
                0));
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("\"thinking\",\"thinking\":\"\"", 1));
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("On it", 1));
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("and\\\":\\\"ls", 1));
    assertThat(reading.terminalAt()).isEqualTo(fixture.bytes().length);
  }

  @Test
  void theStartOfACallIsAnswer() {
    Fixture fixture = Fixture.of("messages-tools.sse").replaced("text_delta", "other_delta");
    fixture = fixture.replaced("\"text\":", "\"other\":");
    assertThat(fixture.readByteByByte().answerStart()).isEqualTo(fixture.endOfEvent("toolu_1", 1));
  }

  @Test
  void aResultOfTheProvidersOwnToolIsNoOutput() {
    Fixture fixture =
        Fixture.of("messages-refusal.sse")
            .replaced(
                "event: message_stop",
                "data: {\"type\":\"content_block_start\",\"content_block\":"
                    + "{\"type\":\"web_search_tool_result\"}}\n\nevent: message_stop");
    assertThat(fixture.readWhole().first()).isNull();
  }

  @Test
  void anOverloadInTheStreamEndsIt() {
    Answer answer = Fixture.of("messages-error.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.errorCode()).isEqualTo("overloaded_error");
    assertThat(answer.message()).isEqualTo("Overloaded");
    assertThat(answer.requestId()).isEqualTo("req_9");
    assertThat(answer.visibleChars()).isEqualTo(4);
  }

  @Test
  void aRefusalIsAnIncompleteAnswer() {
    Answer answer = Fixture.of("messages-refusal.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(answer.stopReason()).isEqualTo("refusal");
    assertThat(answer.usage()).isEqualTo(new CallUsage(1030, 900, 30, 2, 0));
  }

  @Test
  void aDocumentTellsAsMuchAsAStream() {
    Reading reading = Fixture.of("messages-plain.json").readWhole();
    Answer answer = reading.answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.stopReason()).isEqualTo("tool_use");
    assertThat(answer.tier()).isEqualTo("priority");
    assertThat(answer.usage()).isEqualTo(new CallUsage(1030, 900, 30, 40, 0));
    assertThat(answer.visibleChars()).isEqualTo(2 + 3 + "{\"command\":\"ls\"}".length());
    assertThat(answer.firstSource()).isEqualTo("reasoning");
  }

  @Test
  void aDocumentThatIsAnErrorFails() {
    Fixture fixture =
        Fixture.of("messages-plain.json")
            .with(
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}"
                    .getBytes());
    Answer answer = fixture.readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.errorCode()).isEqualTo("api_error");
  }
}
