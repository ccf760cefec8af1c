package dev.pacebench.runner.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsesReaderTest {

  private static final CallUsage USAGE = new CallUsage(1000, 900, 30, 50, 20);

  @Test
  void everyFieldOfAStreamWithHiddenReasoningTextAndACall() {
    Fixture fixture = Fixture.of("responses-tools.sse");
    Reading reading = fixture.readByteByByte();
    // 8 characters of text and 12 of arguments; created and empty deltas are no output.
    assertThat(reading.answer())
        .isEqualTo(
            new Answer(
                200,
                CallEnd.COMPLETED,
                null,
                null,
                null,
                null,
                "gpt-5.3-codex-2026-02-01",
                "priority",
                null,
                null,
                "resp_1",
                null,
                Map.of(),
                USAGE,
                18,
                8 + 12,
                "item",
                0));
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("output_item.added", 1));
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("\"delta\":\"Grü\"", 1));
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("\"delta\":\":\\\"ls\\\"}\"", 1));
    assertThat(reading.terminalAt()).isEqualTo(fixture.bytes().length);
  }

  @Test
  void aLimitEndsItIncompleteAfterVisibleReasoning() {
    Fixture fixture = Fixture.of("responses-incomplete.sse");
    Reading reading = fixture.readByteByByte();
    Answer answer = reading.answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(answer.stopReason()).isEqualTo("max_output_tokens");
    assertThat(answer.tier()).isEqualTo("default");
    assertThat(answer.usage()).isEqualTo(USAGE);
    assertThat(answer.visibleChars()).isEqualTo(11 + 3 + 2);
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("refusal.delta", 1));
  }

  @Test
  void visibleReasoningIsTheFirstPieceWhereNoItemCameBefore() {
    Fixture fixture =
        Fixture.of("responses-incomplete.sse")
            .replaced("response.output_item.added", "response.unknown.added");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer().firstSource()).isEqualTo("reasoning");
    assertThat(reading.first()).isEqualTo(fixture.endOfEvent("reasoning_summary_text.delta", 1));
  }

  @Test
  void aCallThatWasNotStreamedCountsWhenItIsDone() {
    Fixture fixture = Fixture.of("responses-unstreamed.sse");
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer().visibleChars()).isEqualTo(9);
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("output_item.added", 1));
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("output_item.done", 1));
  }

  @Test
  void anOutputThatCameOnlyWithTheLastEventCountsThere() {
    Fixture whole = Fixture.of("responses-tools.sse");
    String text = whole.text();
    Fixture fixture =
        whole.with(text.substring(text.indexOf("event: response.completed")).getBytes());
    Reading reading = fixture.readByteByByte();
    assertThat(reading.answer().visibleChars()).isEqualTo(8 + 12);
    assertThat(reading.answer().firstSource()).isEqualTo("text");
    assertThat(reading.first()).isEqualTo(reading.terminalAt());
  }

  @Test
  void aFailureTellsItsCodeAndTheWaitInItsWords() {
    Answer answer = Fixture.of("responses-failed.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.errorCode()).isEqualTo("rate_limit_exceeded");
    assertThat(answer.message()).startsWith("Rate limit reached");
    assertThat(answer.retryAfterMillis()).isEqualTo(1500);
    assertThat(answer.firstSource()).isNull();
  }

  @Test
  void anErrorEventEndsTheAnswer() {
    Answer answer = Fixture.of("responses-error.sse").readWhole().answer();
    assertThat(answer.end()).isEqualTo(CallEnd.FAILED);
    assertThat(answer.errorCode()).isEqualTo("server_error");
    assertThat(answer.message()).isEqualTo("Something broke.");
  }

  @Test
  void framesOfASocketCarryTimingAndTheModelThatWorked() {
    Fixture fixture = Fixture.of("responses-socket.jsonl");
    Reading reading = fixture.readWhole();
    Answer answer = reading.answer();
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.model()).isEqualTo("gpt-5.3-codex-spark");
    assertThat(answer.tier()).isEqualTo("ultrafast");
    assertThat(answer.serverTiming())
        .isEqualTo(
            Map.of(
                "responses_duration_excl_engine_and_client_tool_time_ms", 12.5,
                "engine_service_total_ms", 340.0,
                "engine_iapi_ttft_total_ms", 41.0));
    assertThat(answer.events()).isEqualTo(8);
    assertThat(answer.visibleChars()).isEqualTo(11);
    assertThat(reading.answerStart()).isEqualTo(fixture.endOfEvent("output_item.added", 1));
    assertThat(reading.last()).isEqualTo(fixture.endOfEvent("arguments.delta", 1));
    assertThat(reading.terminalAt()).isEqualTo(fixture.endOfEvent("response.completed", 1));
  }

  @Test
  void timingThatComesAfterTheEndIsKept() {
    CallReader reader = Fixture.of("responses-socket.jsonl").reader();
    frame(reader, "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}");
    assertThat(reader.terminal()).isTrue();
    frame(reader, "{\"type\":\"responsesapi.websocket_timing\",\"timing_metrics\":{\"a_ms\":1}}");
    frame(reader, "{\"type\":\"response.output_text.delta\",\"delta\":\"late\"}");
    assertThat(reader.answer().serverTiming()).containsEntry("a_ms", 1.0);
    assertThat(reader.answer().visibleChars()).isZero();
    assertThat(reader.answer().end()).isEqualTo(CallEnd.COMPLETED);
  }

  @Test
  void anErrorFrameBeforeAnyOutputIsARefusalWithItsStatus() {
    Answer answer = Fixture.of("responses-socket-refused.jsonl").readWhole().answer();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.end()).isEqualTo(CallEnd.REFUSED);
    assertThat(answer.errorCode()).isEqualTo("rate_limit_exceeded");
    assertThat(answer.retryAfterMillis()).isEqualTo(2000);
  }

  @Test
  void anErrorFrameIsReadWithItsHeadersInsideAndItsOtherName() {
    CallReader reader = Fixture.of("responses-socket.jsonl").reader();
    frame(
        reader,
        "{\"type\":\"error\",\"status_code\":503,\"error\":{\"code\":\"slow_down\","
            + "\"message\":\"m\",\"headers\":{\"Retry-After-Ms\":\"250\",\"retry-after\":9}}}");
    assertThat(reader.answer().status()).isEqualTo(503);
    assertThat(reader.answer().errorCode()).isEqualTo("slow_down");
    assertThat(reader.answer().retryAfterMillis()).isEqualTo(250);
  }

  @Test
  void anErrorFrameAfterOutputIsAFailureInTheStream() {
    CallReader reader = Fixture.of("responses-socket.jsonl").reader();
    frame(reader, "{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}");
    frame(reader, "{\"type\":\"error\",\"status\":500,\"error\":{\"type\":\"server_error\"}}");
    assertThat(reader.answer().end()).isEqualTo(CallEnd.FAILED);
    assertThat(reader.answer().status()).isEqualTo(101);
    assertThat(reader.answer().errorCode()).isEqualTo("server_error");
  }

  @Test
  void aWarmUpEndsWithoutOutput() {
    CallReader reader = Fixture.of("responses-socket.jsonl").reader();
    frame(reader, "{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
    frame(
        reader,
        "{\"type\":\"response.completed\",\"response\":{\"id\":\"r1\",\"usage\":"
            + "{\"input_tokens\":9,\"output_tokens\":0}}}");
    assertThat(reader.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(reader.answer().responseId()).isEqualTo("r1");
    assertThat(reader.answer().usage()).isEqualTo(new CallUsage(9, 0, 0, 0, 0));
    assertThat(reader.first()).isNull();
  }

  @Test
  void aSocketThatClosesEarlyCutsTheAnswer() {
    CallReader reader = Fixture.of("responses-socket.jsonl").reader();
    frame(reader, "{\"type\":\"codex.rate_limits\"}");
    reader.end(true, 9);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.CUT);
    assertThat(reader.terminal()).isFalse();
  }

  @Test
  void aDocumentTellsAsMuchAsAStream() {
    Reading reading = Fixture.of("responses-plain.json").readWhole();
    Answer answer = reading.answer();
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.tier()).isEqualTo("flex");
    assertThat(answer.usage()).isEqualTo(USAGE);
    assertThat(answer.responseId()).isEqualTo("resp_1");
    assertThat(answer.visibleChars()).isEqualTo(3 + 8 + 12);
    assertThat(answer.firstSource()).isEqualTo("reasoning");
    assertThat(List.of(reading.first(), reading.answerStart(), reading.terminalAt()))
        .containsOnly((long) Fixture.of("responses-plain.json").bytes().length);
  }

  @Test
  void aDocumentThatOnlyPromisesAnAnswerIsIncomplete() {
    Answer answer =
        Fixture.of("responses-plain.json")
            .replaced("\"status\":\"completed\",\"background\":false", "\"status\":\"queued\"")
            .readWhole()
            .answer();
    assertThat(answer.end()).isEqualTo(CallEnd.INCOMPLETE);
    assertThat(answer.stopReason()).isEqualTo("queued");
  }

  private static void frame(CallReader reader, String text) {
    byte[] bytes = text.getBytes();
    reader.frame(bytes, 0, bytes.length, 1);
  }
}
