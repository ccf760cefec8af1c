package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers with a status from 400 on, and what headers say. */
class RefusedCallTest {

  private static final String JSON = "application/json";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`error`:{`message`:`M`,`type`:`t`,`param`:null,`code`:`c`}} | c | M",
        "{`error`:{`message`:`M`,`type`:`usage_limit_reached`,`code`:null}} | usage_limit_reached | M",
        "{`type`:`error`,`error`:{`type`:`overloaded_error`,`message`:`M`}} | overloaded_error | M",
        "{`object`:`error`,`message`:`M`,`type`:`BadRequest`,`code`:400} | 400 | M",
        "{`error`:{`message`:`M`,`type`:`t`,`code`:429}} | t | M",
        "{`error`:{`code`:400,`message`:`M`,`status`:`INVALID_ARGUMENT`}} | INVALID_ARGUMENT | M",
        "[{`error`:{`code`:429,`message`:`M`,`status`:`RESOURCE_EXHAUSTED`}}] | RESOURCE_EXHAUSTED | M",
        "{`error`:`M`} | | M",
        "{`detail`:`M`} | | M",
        "[{`error`:{`code`:`c`,`message`:`M`}}] | c | M",
        "{`error`:{`code`:`c`,`message`:`M`},`cut | c | M",
      })
  void theBodySaysWhatWasWrong(String body, String code, String message) {
    Answer answer = refused(400, body.replace('`', '"'), Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.end()).isEqualTo(CallEnd.REFUSED);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.message()).isEqualTo(message);
  }

  @Test
  void aPageForPeopleIsTakenForTheMessage() {
    Answer answer = refused(502, "<html>\n <h1>Bad\u001b[31m gateway</h1>", Map.of());
    assertThat(answer.message()).isEqualTo("<html> <h1>Bad [31m gateway</h1>");
    assertThat(refused(500, "", Map.of()).message()).isNull();
  }

  @Test
  void aLongMessageIsShortened() {
    Answer answer =
        refused(500, "{\"error\":{\"message\":\"" + "😀".repeat(5000) + "\"}}", Map.of());
    assertThat(answer.message()).hasSize(1000);
    assertThat(refused(500, "y".repeat(1 << 20), Map.of()).message()).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after-ms=250 | 250",
        "retry-after=2 | 2000",
        "retry-after=1.5 | 1500",
        "retry-after=0 | 0",
        "retry-after=9,retry-after-ms=250 | 250",
        "retry-after=9,retry-after-ms=soon | 9000",
        "retry-after=Sun; 1 Mar 2026 10:00:30 GMT | 30000",
        "retry-after=Sun; 1 Mar 2026 09:00:00 GMT | 0",
        "retry-after=Sun; 1 Mar 2026 11:00:30 GMT,date=Sun; 1 Mar 2026 11:00:10 GMT | 20000",
        "retry-after=-5 | ",
        "retry-after=NaN | ",
        "retry-after=1e300 | 31622400000",
        "retry-after=tomorrow | ",
      })
  void theWaitIsReadInEveryForm(String headers, Long millis) {
    Map<String, String> map = new HashMap<>();
    for (String header : headers.split(",")) {
      int equals = header.indexOf('=');
      map.put(header.substring(0, equals), header.substring(equals + 1).replace(';', ','));
    }
    assertThat(refused(429, "{}", map).retryAfterMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Please try again in 1.5s. | 1500",
        "try again in 20ms | 20",
        "Try again in 7 seconds | 7000",
        "try again in 6m30.5s. | 390500",
        "try again in 1h0m0s | 3600000",
        "try again in 2 minutes | 120000",
        "Please retry after 3 secs | 3000",
        "try again in a moment | ",
        "try again in 5 stages | ",
      })
  void theWaitIsReadInWords(String words, Long millis) {
    Answer answer = refused(429, "{\"error\":{\"message\":\"" + words + "\"}}", Map.of());
    assertThat(answer.retryAfterMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{`retryDelay`:`13s`}' | 13000",
        "'{`x`:[1]},{`@type`:`type.googleapis.com/google.rpc.RetryInfo`,`retryDelay`:`0.25s`}' | 250",
        "'{`retryDelay`:`soon`},{`retryDelay`:{}},{`retryDelay`:9},7' | ",
        "'' | "
      })
  void theWaitIsReadInTheNotesOfAnError(String notes, Long millis) {
    String body = "{`error`:{`code`:429,`message`:`M`,`details`:[%s]}}".formatted(notes);
    assertThat(refused(429, body.replace('`', '"'), Map.of()).retryAfterMillis()).isEqualTo(millis);
  }

  @Test
  void headersWinOverWords() {
    Answer answer =
        refused(
            429, "{\"error\":{\"message\":\"try again in 9s\"}}", Map.of("retry-after-ms", "10"));
    assertThat(answer.retryAfterMillis()).isEqualTo(10);
  }

  @Test
  void aRefusalThatBreaksOffIsStillARefusal() {
    CallReader reader = reader(401, Map.of());
    byte[] body = "{\"error\":{\"code\":\"invalid_api_key\",\"mess".getBytes(UTF_8);
    reader.body(body, 0, body.length, 3);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.REFUSED);
    reader.end(false, 4);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.REFUSED);
    assertThat(reader.answer().errorCode()).isEqualTo("invalid_api_key");
    assertThat(reader.terminal()).isFalse();
  }

  @Test
  void aRefusalEndsWithTheLastReadOfItsBody() {
    CallReader reader = reader(429, Map.of());
    reader.body(new byte[] {'{', '}'}, 0, 2, 3);
    reader.end(true, 9);
    assertThat(reader.terminalAt()).isEqualTo(3);
    assertThat(reader.first()).isNull();
  }

  @Test
  void aRefusedUpgradeIsARefusal() {
    CallReader reader =
        AnswerReaders.of(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, true, Fixture.CLOCK);
    reader.head(426, Map.of(), 1);
    reader.end(true, 2);
    assertThat(reader.answer().end()).isEqualTo(CallEnd.REFUSED);
    assertThat(reader.answer().status()).isEqualTo(426);
  }

  @Test
  void headersTellIdsFiguresAndTheModelThatWorked() {
    Fixture fixture = Fixture.of("responses-tools.sse");
    CallReader reader = fixture.reader();
    reader.head(
        200,
        Map.of(
            "x-request-id", List.of("req_1"),
            "openai-processing-ms", List.of("123"),
            "x-envoy-upstream-service-time", List.of("99"),
            "openai-model", List.of("gpt-other")),
        0);
    reader.body(fixture.bytes(), 0, fixture.bytes().length, 1);
    reader.end(true, 2);
    assertThat(reader.answer().requestId()).isEqualTo("req_1");
    assertThat(reader.answer().serverMillis()).isEqualTo(123);
    assertThat(reader.answer().model()).isEqualTo("gpt-other");
  }

  @Test
  void anUpgradesModelHoldsOnlyUntilACallNamesItsOwn() {
    Fixture fixture = Fixture.of("responses-socket.jsonl");
    CallReader reader = fixture.reader();
    Map<String, List<String>> upgrade =
        Map.of("openai-model", List.of("of-upgrade"), "openai-processing-ms", List.of("5"));
    reader.head(101, upgrade, 0);
    assertThat(reader.answer().model()).isEqualTo("of-upgrade");
    assertThat(reader.answer().serverMillis()).isNull();
    byte[] frame =
        "{\"type\":\"response.created\",\"response\":{\"model\":\"own\"}}".getBytes(UTF_8);
    reader.frame(frame, 0, frame.length, 1);
    assertThat(reader.answer().model()).isEqualTo("own");
  }

  private static Answer refused(int status, String body, Map<String, String> headers) {
    CallReader reader = reader(status, headers);
    byte[] bytes = body.getBytes(UTF_8);
    reader.body(bytes, 0, bytes.length, 1);
    reader.end(true, 2);
    return reader.answer();
  }

  private static CallReader reader(int status, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    all.put("content-type", List.of(JSON));
    CallReader reader =
        AnswerReaders.of(Protocol.OPENAI_RESPONSES, Transport.SSE, true, Fixture.CLOCK);
    reader.head(status, all, 0);
    return reader;
  }
}
