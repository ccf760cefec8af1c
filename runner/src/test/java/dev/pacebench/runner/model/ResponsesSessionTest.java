package dev.pacebench.runner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.model.Turn.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ResponsesSessionTest {

  private FakeModel server;
  private ModelSession session;

  @BeforeEach
  void open() throws Exception {
    server = new FakeModel();
    session = ModelSessions.open(server.settings(Protocol.OPENAI_RESPONSES, Transport.SSE));
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    server.close();
  }

  @Test
  void aTurnHasTextReasoningCallsAndUsage() throws Exception {
    server.says(
        Said.reasoning("sealed"),
        Said.message("I look."),
        Said.call("c1", "shell", "{\"command\":\"ls\"}"),
        Said.call("c2", "shell", "{\"command\":\"pwd\"}"),
        Said.completed("resp_1"));

    Turn turn = ask("hello");

    assertThat(turn.text()).isEqualTo("I look.");
    assertThat(turn.reasoning()).isEqualTo("thinking");
    assertThat(turn.stop()).isEqualTo(Stop.TOOL_CALLS);
    assertThat(turn.calls())
        .containsExactly(
            new ToolCall("c1", "shell", "{\"command\":\"ls\"}"),
            new ToolCall("c2", "shell", "{\"command\":\"pwd\"}"));
    assertThat(turn.usage()).isEqualTo(new CallUsage(100, 40, 0, 20, 5));
  }

  @Test
  void aRequestSaysAllThatWasSaidWithReasoningUnchanged() throws Exception {
    server.says(
        Said.reasoning("sealed"),
        Said.call("c1", "shell", "{\"command\":\"ls\"}"),
        Said.completed("resp_1"));
    server.says(Said.says("done"));

    ask("hello");
    session.ask(List.of(new Input.ToolResult("c1", "a b", false)), TurnListener.NONE);

    JsonNode first = server.requests().get(0);
    assertThat(first.path("model").stringValue()).isEqualTo("m-1");
    assertThat(first.path("instructions").stringValue()).isEqualTo("Be brief.");
    assertThat(first.path("store").booleanValue()).isFalse();
    assertThat(first.path("stream").booleanValue()).isTrue();
    assertThat(first.path("max_output_tokens").intValue()).isEqualTo(1000);
    assertThat(first.path("prompt_cache_key").stringValue()).isEqualTo("key-1");
    assertThat(first.path("include").toString()).contains("reasoning.encrypted_content");
    assertThat(first.path("tools").path(0).path("name").stringValue()).isEqualTo("shell");
    assertThat(first.has("service_tier")).isFalse();
    JsonNode input = server.requests().get(1).path("input");
    assertThat(types(input))
        .containsExactly("message", "reasoning", "function_call", "function_call_output");
    assertThat(input.path(1).path("encrypted_content").stringValue()).isEqualTo("sealed");
    assertThat(input.path(3).path("output").stringValue()).isEqualTo("a b");
    assertThat(server.heads().get(0))
        .containsEntry("authorization", "Bearer token-1")
        .containsEntry("x-extra", "yes")
        .containsEntry(":path", "/v1/responses");
  }

  @Test
  void piecesAreHeardWhileTheyCome() throws Exception {
    server.says(
        "{\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"hm\"}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"ye\"}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"s\"}",
        Said.message("yes"),
        Said.completed("resp_1"));
    List<String> heard = new ArrayList<>();

    session.ask(text("hello"), (kind, piece) -> heard.add(kind + ":" + piece));

    assertThat(heard).containsExactly("REASONING:hm", "TEXT:ye", "TEXT:s");
  }

  @Test
  void anAnswerCutOffAtItsLimitKeepsWholeCallsAlone() throws Exception {
    server.says(
        Said.call("c1", "shell", "{\"command\":\"ls\"}"),
        Said.call("c2", "shell", "{\"comm"),
        Said.incomplete("max_output_tokens"));
    server.says(Said.says("done"));

    Turn turn = ask("hello");
    session.ask(List.of(new Input.ToolResult("c1", "a", false)), TurnListener.NONE);

    assertThat(turn.stop()).isEqualTo(Stop.MAX_TOKENS);
    assertThat(turn.calls()).extracting(ToolCall::id).containsExactly("c1");
    assertThat(types(server.requests().get(1).path("input")))
        .containsExactly("message", "function_call", "function_call_output");
  }

  @Test
  void reasoningThatNothingFollowsIsNotSentBack() throws Exception {
    server.says(Said.reasoning("sealed"), Said.completed("resp_1"));
    server.says(Said.says("done"));

    assertThat(ask("hello").stop()).isEqualTo(Stop.EMPTY);
    ask("again");

    assertThat(types(server.requests().get(1).path("input"))).containsExactly("message", "message");
  }

  @Test
  void aRefusalIsATurnHoweverItIsSaid() throws Exception {
    server.says(
        Said.item("{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"no\"}]}"),
        Said.completed("resp_1"));
    server.says(Said.incomplete("content_filter"));
    server.says(
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"cyber_policy\","
            + "\"message\":\"not this\"}}}");

    Turn turn = ask("hello");
    assertThat(turn.stop()).isEqualTo(Stop.REFUSED);
    assertThat(turn.text()).isEqualTo("no");
    assertThat(ask("again").stop()).isEqualTo(Stop.REFUSED);
    assertThat(ask("again").stop()).isEqualTo(Stop.REFUSED);
  }

  @Test
  void tooLongAConversationIsATurnWhoeverSaysItAndHow() throws Exception {
    server.fails(
        400, Map.of(), "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}");
    server.fails(
        400, Map.of(), "{\"message\":\"This model's maximum context length is 4096 tokens.\"}");
    server.fails(413, Map.of(), "large");
    server.says(
        "{\"type\":\"response.failed\",\"response\":{\"error\":"
            + "{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}}");

    for (int i = 0; i < 4; i++) {
      assertThat(session.ask(text("hello"), TurnListener.NONE).stop())
          .isEqualTo(Stop.CONTEXT_OVERFLOW);
    }
  }

  @Test
  void compactionShortensOldOutputsAndKeepsThePairs() throws Exception {
    server.says(Said.runs("a", "one", "two", "three"));
    server.says(Said.says("done"));
    ask("hello");
    String large = "x".repeat(1000);
    List<Input> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(new Input.ToolResult("a_" + i, large, false));
    }
    server.fails(400, Map.of(), "{\"error\":{\"code\":\"context_length_exceeded\"}}");
    session.ask(results, TurnListener.NONE);

    assertThat(session.compact(1)).isEqualTo(2);
    assertThat(session.compact(1)).isZero();
  }

  @Test
  void statusesAreTypedAndTheirWordsShortened() throws Exception {
    server.fails(
        429,
        Map.of("retry-after", "1.5"),
        "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\""
            + "slow ".repeat(500)
            + "\"}}");
    server.fails(429, Map.of(), "{\"error\":{\"code\":\"insufficient_quota\"}}");
    server.fails(401, Map.of(), "{\"error\":{\"message\":\"bad key\"}}");
    server.fails(503, Map.of("retry-after-ms", "20"), "<html>down</html>");

    ModelException slow = failure();
    assertThat(slow.kind()).isEqualTo(ModelException.Kind.STATUS);
    assertThat(slow.status()).isEqualTo(429);
    assertThat(slow.code()).contains("rate_limit_exceeded");
    assertThat(slow.retryable()).isTrue();
    assertThat(slow.retryAfter()).contains(Duration.ofMillis(1500));
    assertThat(slow.getMessage().length()).isLessThan(600);
    assertThat(failure().retryable()).isFalse();
    assertThat(failure().retryable()).isFalse();
    ModelException down = failure();
    assertThat(down.retryable()).isTrue();
    assertThat(down.retryAfter()).contains(Duration.ofMillis(20));
    assertThat(down.getMessage()).contains("down");
  }

  @Test
  void aStreamThatBreaksOffIsNoAnswerAndCanBeAskedForAgain() throws Exception {
    server.says(Said.message("half"), FakeModel.CUT);
    server.says(Said.message("half"));
    server.says(Said.says("whole"));

    assertThat(failure().kind()).isEqualTo(ModelException.Kind.CUT);
    assertThatThrownBy(() -> session.ask(List.of(), TurnListener.NONE))
        .isInstanceOfSatisfying(
            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.CUT));
    assertThat(session.ask(List.of(), TurnListener.NONE).text()).isEqualTo("whole");
    assertThat(types(server.requests().get(2).path("input"))).containsExactly("message");
  }

  @Test
  void aStreamThatGoesOnAfterItsLastEventHoldsNobodyUp() throws Exception {
    server.says(Said.message("one"), Said.completed("r"), FakeModel.HANG);
    server.says(Said.message("two"), Said.completed("r"), FakeModel.HANG);

    assertThat(ask("hello").text()).isEqualTo("one");
    assertThat(server.callerLeft()).isTrue();
    assertThat(ask("hello").text()).isEqualTo("two");
  }

  @Test
  void whatIsNoJsonIsGarbled() throws Exception {
    server.says("{\"type\":");

    assertThat(failure().kind()).isEqualTo(ModelException.Kind.GARBLED);
  }

  @Test
  void anAnswerWithoutEndIsGivenUpBeforeItFillsTheMemory() throws Exception {
    String piece =
        "{\"type\":\"response.output_text.delta\",\"delta\":\"" + "x".repeat(1 << 20) + "\"}";
    server.says(java.util.Collections.nCopies(40, piece).toArray(new String[0]));

    ModelException failure = failure();
    assertThat(failure.kind()).isEqualTo(ModelException.Kind.GARBLED);
    assertThat(failure.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"type\":\"response.output_text.delta\",\"delta\":\"ye\"}"})
  void anInterruptionCancelsTheRequestAndTheConversationGoesOn(String before) throws Exception {
    server.says(
        before.isEmpty() ? new String[] {FakeModel.HANG} : new String[] {before, FakeModel.HANG});
    server.says(Said.says("done"));
    Thread asking = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              try {
                server.awaitHanging();
                asking.interrupt();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    other.start();

    assertThatThrownBy(() -> ask("hello")).isInstanceOf(InterruptedException.class);

    other.join();
    assertThat(server.callerLeft()).isTrue();
    assertThat(ask("rather this").text()).isEqualTo("done");
    assertThat(types(server.requests().get(1).path("input"))).containsExactly("message", "message");
  }

  @Test
  void halfASurrogatePairOfTheModelGoesBackUnchanged() throws Exception {
    server.says(Said.message("odd \\ud83d end"), Said.completed("resp_1"));
    server.says(Said.says("done"));

    ask("hello");
    ask("go on");

    assertThat(
            server
                .requests()
                .get(1)
                .path("input")
                .path(1)
                .path("content")
                .path(0)
                .path("text")
                .stringValue())
        .isEqualTo("odd \ud83d end");
  }

  @Test
  void aModelThatKnowsNoSealedReasoningIsAskedWithoutIt() throws Exception {
    server.fails(
        400,
        Map.of(),
        "{\"error\":{\"message\":\"Encrypted content is not supported with this model.\"}}");
    server.says(Said.says("done"));

    assertThat(ask("hello").text()).isEqualTo("done");
    assertThat(server.requests().get(1).has("include")).isFalse();
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() throws Exception {
    server.close();
    try {
      assertThat(failure().kind()).isEqualTo(ModelException.Kind.UNREACHABLE);
    } finally {
      server = new FakeModel();
    }
  }

  @Test
  void theTokenIsNotPrinted() {
    assertThat(server.settings(Protocol.OPENAI_RESPONSES, Transport.SSE).toString())
        .doesNotContain("token-1");
  }

  private Turn ask(String words) throws Exception {
    return session.ask(text(words), TurnListener.NONE);
  }

  private ModelException failure() {
    try {
      ask("hello");
    } catch (ModelException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it answered");
  }

  private static List<Input> text(String words) {
    return List.of(new Input.UserText(words));
  }

  private static List<String> types(JsonNode input) {
    List<String> types = new ArrayList<>();
    input.forEach(item -> types.add(item.path("type").stringValue()));
    return types;
  }
}
