package dev.pacebench.runner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.model.Turn.Stop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ChatSessionTest {

  private static final String DONE = "[DONE]";
  private static final String USAGE =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":90},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":20}}}";

  private FakeModel server;
  private ModelSession session;

  @BeforeEach
  void open() throws Exception {
    server = new FakeModel();
    session = ModelSessions.open(server.settings(Protocol.OPENAI_CHAT, Transport.SSE));
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    server.close();
  }

  @Test
  void piecesOfParallelCallsArePutTogetherAndSentBack() throws Exception {
    server.says(
        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
        delta("{\"reasoning_content\":\"hm\"}"),
        delta("{\"content\":\"I \"}"),
        delta("{\"content\":\"look.\"}"),
        call(0, "c1", "shell", "{\\\"comm"),
        call(1, "c2", "shell", ""),
        call(0, "", "", "and\\\":\\\"ls\\\"}"),
        call(1, "", "", "{}"),
        finish("tool_calls"),
        USAGE,
        DONE);
    server.says(delta("{\"content\":\"done\"}"), finish("stop"), DONE);

    Turn turn = ask(text("hello"));
    Turn last =
        ask(List.of(new Input.ToolResult("c1", "a", false), new Input.ToolResult("c2", "b", true)));

    assertThat(turn.text()).isEqualTo("I look.");
    assertThat(turn.reasoning()).isEqualTo("hm");
    assertThat(turn.stop()).isEqualTo(Stop.TOOL_CALLS);
    assertThat(turn.calls())
        .containsExactly(
            new ToolCall("c1", "shell", "{\"command\":\"ls\"}"), new ToolCall("c2", "shell", "{}"));
    assertThat(turn.usage()).isEqualTo(new CallUsage(100, 90, 0, 50, 20));
    assertThat(last.stop()).isEqualTo(Stop.END);
    JsonNode request = server.requests().get(1);
    assertThat(roles(request)).containsExactly("system", "user", "assistant", "tool", "tool");
    assertThat(request.path("messages").path(2).path("tool_calls").path(0).toString())
        .contains("\"id\":\"c1\"", "\"type\":\"function\"", "ls");
    assertThat(request.path("messages").path(3).path("tool_call_id").stringValue()).isEqualTo("c1");
    assertThat(request.path("stream_options").path("include_usage").booleanValue()).isTrue();
    assertThat(server.heads().get(0)).containsEntry(":path", "/v1/chat/completions");
  }

  @Test
  void callsThatAServerNumbersAlikeAreToldApartByTheirIds() throws Exception {
    server.says(call(0, "c1", "shell", "{}"), call(0, "c2", "shell", "{}"), finish("stop"), DONE);

    Turn turn = ask(text("hello"));

    assertThat(turn.calls()).extracting(ToolCall::id).containsExactly("c1", "c2");
    assertThat(turn.stop()).isEqualTo(Stop.TOOL_CALLS);
  }

  @Test
  void callsWithoutIdsGetFreshOnes() throws Exception {
    server.says(call(0, "", "shell", "{}"), call(1, "", "shell", "{}"), finish("stop"), DONE);
    server.says(call(0, "", "shell", "{}"), finish("stop"), DONE);

    List<String> ids = new ArrayList<>();
    for (ToolCall call : ask(text("hello")).calls()) {
      ids.add(call.id());
    }
    for (ToolCall call : ask(text("again")).calls()) {
      ids.add(call.id());
    }

    assertThat(ids).hasSize(3).doesNotHaveDuplicates().noneMatch(String::isEmpty);
  }

  @Test
  void reasonsToStopAreTold() throws Exception {
    server.says(delta("{\"content\":\"so\"}"), call(0, "c", "shell", "{"), finish("length"), DONE);
    server.says(delta("{\"content\":\"so\"}"), finish("content_filter"), DONE);
    server.says(delta("{\"refusal\":\"no\"}"), finish("stop"), DONE);
    server.says(delta("{\"content\":\"\"}"), finish("stop"), DONE);

    Turn cut = ask(text("hello"));
    assertThat(cut.stop()).isEqualTo(Stop.MAX_TOKENS);
    assertThat(cut.calls()).isEmpty();
    assertThat(ask(text("hello")).stop()).isEqualTo(Stop.REFUSED);
    Turn refusal = ask(text("hello"));
    assertThat(refusal.stop()).isEqualTo(Stop.REFUSED);
    assertThat(refusal.text()).isEqualTo("no");
    assertThat(ask(text("hello")).stop()).isEqualTo(Stop.EMPTY);
  }

  @Test
  void anEmptyAnswerIsNotSentBack() throws Exception {
    server.says(finish("stop"), DONE);
    server.says(finish("stop"), DONE);

    ask(text("hello"));
    ask(text("again"));

    assertThat(roles(server.requests().get(1))).containsExactly("system", "user", "user");
  }

  @Test
  void aStreamWithoutItsLastWordIsWholeWhenItGaveAReasonToStop() throws Exception {
    server.says(delta("{\"content\":\"yes\"}"), finish("stop"));
    server.says(delta("{\"content\":\"ye\"}"));

    assertThat(ask(text("hello")).text()).isEqualTo("yes");
    assertThatThrownBy(() -> ask(text("hello")))
        .isInstanceOfSatisfying(
            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.CUT));
  }

  @Test
  void anErrorWithinTheStreamIsOne() throws Exception {
    server.says(
        delta("{\"content\":\"ye\"}"),
        "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":503}}");

    assertThatThrownBy(() -> ask(text("hello")))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ModelException.Kind.STREAM);
              assertThat(e.code()).contains("server_error");
              assertThat(e.retryable()).isTrue();
            });
  }

  @Test
  void compactionShortensOldOutputs() throws Exception {
    server.says(call(0, "c1", "shell", "{}"), call(1, "c2", "shell", "{}"), finish("stop"), DONE);
    server.says(finish("stop"), DONE);
    server.says(finish("stop"), DONE);
    ask(text("hello"));
    ask(
        List.of(
            new Input.ToolResult("c1", "x".repeat(500), false),
            new Input.ToolResult("c2", "y".repeat(500), false)));

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

  private static String delta(String delta) {
    return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
  }

  private static String finish(String reason) {
    return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
  }

  private static String call(int index, String id, String name, String arguments) {
    return delta(
        "{\"tool_calls\":[{\"index\":"
            + index
            + (id.isEmpty() ? "" : ",\"id\":\"" + id + "\"")
            + ",\"function\":{"
            + (name.isEmpty() ? "" : "\"name\":\"" + name + "\",")
            + "\"arguments\":\""
            + arguments
            + "\"}}]}");
  }

  private static List<String> roles(JsonNode request) {
    List<String> roles = new ArrayList<>();
    request.path("messages").forEach(message -> roles.add(message.path("role").stringValue()));
    return roles;
  }
}
