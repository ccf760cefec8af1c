package dev.pacebench.runner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.model.Turn.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class MessagesSessionTest {

  private static final String START =
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":100,"
          + "\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":900,"
          + "\"output_tokens\":1}}}";
  private static final String STOP = "{\"type\":\"message_stop\"}";

  private FakeModel server;
  private ModelSession session;

  @BeforeEach
  void open() throws Exception {
    server = new FakeModel();
    session = ModelSessions.open(server.settings(Protocol.ANTHROPIC_MESSAGES, Transport.SSE));
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    server.close();
  }

  @Test
  void thinkingGoesBackWithItsSignatureAndResultsJoinOneMessage() throws Exception {
    server.says(
        START,
        start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"h\"}"),
        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"m\"}"),
        delta(0, "{\"type\":\"signature_delta\",\"signature\":\"signed\"}"),
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{\"type\":\"ping\"}",
        start(1, "{\"type\":\"text\",\"text\":\"\"}"),
        delta(1, "{\"type\":\"text_delta\",\"text\":\"I look.\"}"),
        start(2, tool("t1")),
        delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"comm\"}"),
        delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"and\\\":\\\"ls\\\"}\"}"),
        start(3, tool("t2")),
        end("tool_use"),
        STOP);
    server.says(says("done"));

    Turn turn = ask(text("hello"));
    ask(List.of(new Input.ToolResult("t1", "a", false), new Input.ToolResult("t2", "b", true)));

    assertThat(turn.text()).isEqualTo("I look.");
    assertThat(turn.reasoning()).isEqualTo("hm");
    assertThat(turn.stop()).isEqualTo(Stop.TOOL_CALLS);
    assertThat(turn.calls())
        .containsExactly(
            new ToolCall("t1", "shell", "{\"command\":\"ls\"}"), new ToolCall("t2", "shell", ""));
    assertThat(turn.usage()).isEqualTo(new CallUsage(1030, 900, 30, 40, 0));
    JsonNode messages = server.requests().get(1).path("messages");
    assertThat(messages.size()).isEqualTo(3);
    JsonNode answered = messages.path(1).path("content");
    assertThat(answered.path(0).path("thinking").stringValue()).isEqualTo("hm");
    assertThat(answered.path(0).path("signature").stringValue()).isEqualTo("signed");
    assertThat(answered.path(2).path("input").path("command").stringValue()).isEqualTo("ls");
    assertThat(answered.path(3).path("input").isObject()).isTrue();
    JsonNode results = messages.path(2).path("content");
    assertThat(results.size()).isEqualTo(2);
    assertThat(results.path(1).path("is_error").booleanValue()).isTrue();
    assertThat(server.heads().get(0))
        .containsEntry("x-api-key", "token-1")
        .containsEntry("anthropic-version", "2023-06-01")
        .containsEntry(":path", "/v1/messages");
  }

  @Test
  void theBeginningAndTheNewestWordsOfTheUserAreMarkedForTheCache() throws Exception {
    for (int i = 0; i < 4; i++) {
      server.says(says("yes"));
      ask(text("hello " + i));
    }

    JsonNode request = server.requests().get(3);
    assertThat(request.path("system").path(0).has("cache_control")).isTrue();
    List<Boolean> marked = new ArrayList<>();
    request
        .path("messages")
        .forEach(m -> marked.add(m.path("content").path(0).has("cache_control")));
    assertThat(marked).containsExactly(false, false, false, false, true, false, true);
  }

  @Test
  void reasonsToStopAreTold() throws Exception {
    server.says(
        START,
        start(0, tool("t1")),
        delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"comm\"}"),
        end("max_tokens"),
        STOP);
    server.says(START, end("refusal"), STOP);
    server.says(START, end("end_turn"), STOP);
    server.says(START, end("model_context_window_exceeded"), STOP);
    server.fails(
        400,
        Map.of(),
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
            + "\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}");

    Turn cut = ask(text("hello"));
    assertThat(cut.stop()).isEqualTo(Stop.MAX_TOKENS);
    assertThat(cut.calls()).isEmpty();
    assertThat(ask(text("a")).stop()).isEqualTo(Stop.REFUSED);
    assertThat(ask(text("b")).stop()).isEqualTo(Stop.EMPTY);
    assertThat(ask(text("c")).stop()).isEqualTo(Stop.CONTEXT_OVERFLOW);
    assertThat(ask(text("d")).stop()).isEqualTo(Stop.CONTEXT_OVERFLOW);
    assertThat(server.requests().get(4).path("messages").size()).isEqualTo(1);
  }

  @Test
  void argumentsThatAreNoObjectComeBackInOne() throws Exception {
    server.says(
        START,
        start(0, tool("t1")),
        delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"ls\"}"),
        end("tool_use"),
        STOP);
    server.says(says("done"));

    Turn turn = ask(text("hello"));
    ask(List.of(new Input.ToolResult("t1", "error", true)));

    assertThat(turn.calls().get(0).arguments()).isEqualTo("ls");
    JsonNode input =
        server.requests().get(1).path("messages").path(1).path("content").path(0).path("input");
    assertThat(input.path("not_json").stringValue()).isEqualTo("ls");
  }

  @Test
  void anErrorWithinTheStreamIsOne() throws Exception {
    server.says(
        START,
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}");

    assertThatThrownBy(() -> ask(text("hello")))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ModelException.Kind.STREAM);
              assertThat(e.code()).contains("overloaded_error");
              assertThat(e.retryable()).isTrue();
            });
  }

  @Test
  void compactionShortensOldOutputs() throws Exception {
    server.says(START, start(0, tool("t1")), start(1, tool("t2")), end("tool_use"), STOP);
    server.says(says("yes"));
    server.says(says("yes"));
    ask(text("hello"));
    ask(
        List.of(
            new Input.ToolResult("t1", "x".repeat(500), false),
            new Input.ToolResult("t2", "y".repeat(500), false)));

    assertThat(session.compact(1)).isEqualTo(1);
    ask(text("go on"));

    assertThat(server.requests().get(2).path("messages").toString())
        .contains("removed", "yyy")
        .doesNotContain("xxx");
  }

  private Turn ask(List<Input> added) throws Exception {
    return session.ask(added, TurnListener.NONE);
  }

  private static List<Input> text(String words) {
    return List.of(new Input.UserText(words));
  }

  private static String[] says(String words) {
    return new String[] {
      START,
      start(0, "{\"type\":\"text\",\"text\":\"\"}"),
      delta(0, "{\"type\":\"text_delta\",\"text\":\"" + words + "\"}"),
      end("end_turn"),
      STOP
    };
  }

  private static String start(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":"
        + index
        + ",\"content_block\":"
        + block
        + "}";
  }

  private static String delta(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
  }

  private static String end(String reason) {
    return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
        + reason
        + "\"},\"usage\":{\"output_tokens\":40}}";
  }

  private static String tool(String id) {
    return "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"shell\",\"input\":{}}";
  }
}
