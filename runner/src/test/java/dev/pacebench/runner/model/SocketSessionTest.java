package dev.pacebench.runner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.model.Turn.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SocketSessionTest {

  private FakeModel server;
  private ModelSession session;

  @BeforeEach
  void open() throws Exception {
    server = new FakeModel();
    session = ModelSessions.open(server.settings(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET));
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    server.close();
  }

  @Test
  void aLaterTurnSendsOnlyWhatIsNew() throws Exception {
    server.says(Said.runs("a", "ls"));
    server.says(Said.runs("b", "pwd"));
    server.says(Said.says("done"));

    ask(text("hello"));
    ask(result("a_0"));
    assertThat(ask(result("b_0")).text()).isEqualTo("done");

    JsonNode first = server.requests().get(0);
    assertThat(first.path("type").stringValue()).isEqualTo("response.create");
    assertThat(first.has("previous_response_id")).isFalse();
    assertThat(first.has("stream")).isFalse();
    for (int i = 1; i < 3; i++) {
      JsonNode later = server.requests().get(i);
      assertThat(later.path("previous_response_id").stringValue())
          .isEqualTo(i == 1 ? "resp_a" : "resp_b");
      assertThat(types(later)).containsExactly("function_call_output");
      assertThat(later.path("tools")).isEqualTo(first.path("tools"));
    }
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.heads().get(0))
        .containsEntry("authorization", "Bearer token-1")
        .containsEntry(":path", "/v1/responses");
  }

  @Test
  void aForgottenResponseIsSaidAllOverOnANewConnection() throws Exception {
    server.says(Said.runs("a", "ls"));
    server.says(
        "{\"type\":\"error\",\"status\":400,\"error\":"
            + "{\"code\":\"previous_response_not_found\",\"message\":\"gone\"}}");
    server.says(Said.says("done"));

    ask(text("hello"));
    assertThat(ask(result("a_0")).text()).isEqualTo("done");

    JsonNode again = server.requests().get(2);
    assertThat(again.has("previous_response_id")).isFalse();
    assertThat(types(again)).containsExactly("message", "function_call", "function_call_output");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsTooOldIsRenewed() throws Exception {
    server.says(
        "{\"type\":\"error\",\"status\":400,\"error\":"
            + "{\"code\":\"websocket_connection_limit_reached\",\"message\":\"60 minutes\"}}");
    server.says(Said.says("done"));

    assertThat(ask(text("hello")).text()).isEqualTo("done");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionClosedBetweenTurnsIsRenewed() throws Exception {
    server.says(Said.runs("a", "ls"));
    server.says(FakeModel.CUT);
    server.says(Said.says("done"));

    ask(text("hello"));
    assertThat(ask(result("a_0")).text()).isEqualTo("done");

    assertThat(types(server.requests().get(2)))
        .containsExactly("message", "function_call", "function_call_output");
  }

  @Test
  void aConnectionClosedWithinAnAnswerIsAFailure() throws Exception {
    server.says(Said.message("half"), FakeModel.CUT);
    server.says(Said.says("done"));

    assertThatThrownBy(() -> ask(text("hello")))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ModelException.Kind.CUT);
              assertThat(e.retryable()).isTrue();
            });
    assertThat(ask(List.of()).text()).isEqualTo("done");
  }

  @Test
  void anErrorFrameSaysHowLongToWaitWhereverItSaysSo() throws Exception {
    server.says(
        "{\"type\":\"error\",\"status\":429,\"error\":{\"code\":\"rate_limit_exceeded\","
            + "\"message\":\"slow\"},\"headers\":{\"retry-after\":\"2\"}}");
    server.says(
        "{\"type\":\"error\",\"status_code\":429,\"error\":{\"code\":\"rate_limit_exceeded\","
            + "\"message\":\"slow\",\"headers\":{\"retry-after-ms\":30}}}");

    for (Duration wait : List.of(Duration.ofSeconds(2), Duration.ofMillis(30))) {
      assertThatThrownBy(() -> ask(text("hello")))
          .isInstanceOfSatisfying(
              ModelException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ModelException.Kind.STREAM);
                assertThat(e.status()).isEqualTo(429);
                assertThat(e.retryable()).isTrue();
                assertThat(e.retryAfter()).contains(wait);
              });
    }
  }

  @Test
  void afterAnAnswerThatWasCutShortAllIsSaidAgain() throws Exception {
    server.says(Said.message("so"), Said.incomplete("max_output_tokens"));
    server.says(Said.says("done"));

    assertThat(ask(text("hello")).stop()).isEqualTo(Stop.MAX_TOKENS);
    ask(text("go on"));

    JsonNode again = server.requests().get(1);
    assertThat(again.has("previous_response_id")).isFalse();
    assertThat(types(again)).containsExactly("message", "message", "message");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void afterACompactionAllIsSaidAgain() throws Exception {
    server.says(Said.runs("a", "1", "2"));
    server.says(Said.says("done"));
    server.says(Said.says("done"));
    ask(text("hello"));
    ask(
        List.of(
            new Input.ToolResult("a_0", "x".repeat(500), false),
            new Input.ToolResult("a_1", "y".repeat(500), false)));

    assertThat(session.compact(1)).isEqualTo(1);
    ask(text("go on"));

    assertThat(server.requests().get(2).path("input").toString())
        .contains("removed")
        .contains("yyy")
        .doesNotContain("xxx");
  }

  @Test
  void aWarmUpIsGoneOnFrom() throws Exception {
    server.says(Said.completed("warm"));
    server.says(Said.says("done"));
    server.says(Said.says("unused"));
    session.warmUp();
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests()).isEmpty();

    // With something said, the model can read it beforehand.
    session.ask(text("hello"), TurnListener.NONE);
    session.warmUp();

    assertThat(server.requests().get(0).has("generate")).isFalse();
    assertThat(server.requests().get(1).path("generate").booleanValue()).isFalse();
    assertThat(server.requests().get(1).path("previous_response_id").stringValue())
        .isEqualTo("warm");
  }

  @Test
  void anInterruptionClosesTheConnection() throws Exception {
    server.says("{\"type\":\"response.created\"}", FakeModel.HANG);
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

    assertThatThrownBy(() -> ask(text("hello"))).isInstanceOf(InterruptedException.class);

    other.join();
    assertThat(server.callerLeft()).isTrue();
    assertThat(ask(text("rather this")).text()).isEqualTo("done");
    assertThat(types(server.requests().get(1))).containsExactly("message", "message");
  }

  @Test
  void aLargeRequestArrivesWhole() throws Exception {
    server.says(Said.says("done"));
    String large = "\u00e9\ud83d\ude00x".repeat(50_000);

    ask(text(large));

    assertThat(
            server
                .requests()
                .get(0)
                .path("input")
                .path(0)
                .path("content")
                .path(0)
                .path("text")
                .stringValue())
        .isEqualTo(large);
  }

  @Test
  void anAnswerWithoutEndIsGivenUpBeforeItFillsTheMemory() throws Exception {
    String piece =
        "{\"type\":\"response.output_text.delta\",\"delta\":\"" + "x".repeat(1 << 18) + "\"}";
    server.says(java.util.Collections.nCopies(140, piece).toArray(new String[0]));

    assertThatThrownBy(() -> ask(text("hello")))
        .isInstanceOfSatisfying(
            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.GARBLED));
  }

  @Test
  void aServerThatKnowsNoWebSocketRefusesWithItsStatus() throws Exception {
    ModelSettings known = server.settings(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET);
    try (RefusingServer refusing = new RefusingServer(426);
        ModelSession other =
            ModelSessions.open(
                new ModelSettings(
                    refusing.address(),
                    "t",
                    known.protocol(),
                    known.transport(),
                    "m",
                    "",
                    List.of(),
                    0,
                    "",
                    java.util.Map.of()))) {
      assertThatThrownBy(() -> other.ask(text("hello"), TurnListener.NONE))
          .isInstanceOfSatisfying(
              ModelException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ModelException.Kind.STREAM);
                assertThat(e.status()).isEqualTo(426);
                assertThat(e.retryable()).isFalse();
              });
    }
  }

  private Turn ask(List<Input> added) throws Exception {
    return session.ask(added, TurnListener.NONE);
  }

  private static List<Input> text(String words) {
    return List.of(new Input.UserText(words));
  }

  private static List<Input> result(String callId) {
    return List.of(new Input.ToolResult(callId, "out", false));
  }

  private static List<String> types(JsonNode request) {
    List<String> types = new ArrayList<>();
    request.path("input").forEach(item -> types.add(item.path("type").stringValue()));
    return types;
  }
}
