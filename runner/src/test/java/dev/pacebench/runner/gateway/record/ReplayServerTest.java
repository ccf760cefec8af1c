package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Recordings made by hand, played to a caller without a gateway between. */
@Timeout(60)
class ReplayServerTest {

  @TempDir Path folder;
  private ReplayServer server;
  private Recorder recorder;

  @BeforeEach
  void start() throws IOException {
    server = ReplayServer.start();
    recorder =
        Recorder.start(
            folder, "t", Calls.ORIGIN, true, RecordLimits.DEFAULT, UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Records a call that begins some seconds after the origin; its parts come 1 ms apart. */
  private void record(
      int seq,
      Protocol protocol,
      Transport transport,
      CallEnd end,
      int status,
      String request,
      String... parts) {
    long start = Calls.ORIGIN + seq * 1_000_000_000L;
    boolean socket = transport == Transport.WEBSOCKET;
    recorder.request(seq, 1, Calls.bytes(request), start + 12_000_003);
    recorder.head(
        seq,
        1,
        status,
        Map.of("content-type", List.of("text/event-stream"), "x-request-id", List.of("r" + seq)),
        start + 50_000_000);
    for (int i = 0; i < parts.length; i++) {
      recorder.answer(seq, 1, Calls.bytes(parts[i]), socket, start + 60_000_000 + i * 1_000_000L);
    }
    recorder.ended(Calls.call(seq, 1, protocol, transport, end));
  }

  private Peer play(Pace pace) throws IOException {
    recorder.close();
    return new Peer(server.baseUrl(), server.register("t", Recording.read(folder), pace));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void theSameCallsGetTheSameAnswers() throws Exception {
    record(1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{\"n\":1}", "a", "b");
    record(2, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.REFUSED, 429, "{\"n\":2}", "slow");
    Peer peer = play(Pace.AT_ONCE);

    HttpResponse<byte[]> first = peer.post(Protocol.OPENAI_CHAT, "{\"n\":1}");
    HttpResponse<byte[]> second = peer.post(Protocol.OPENAI_CHAT, "{\"n\":2}");

    assertThat(text(first)).isEqualTo("ab");
    assertThat(first.headers().firstValue("x-request-id")).contains("r1");
    assertThat(first.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(text(second)).isEqualTo("slow");
    assertThat(server.left("t")).isZero();
    assertThat(server.mismatch("t")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anotherRequestIsRefusedForGoodInTheProtocolsShape(Protocol protocol) throws Exception {
    record(
        1, protocol, Transport.SSE, CallEnd.COMPLETED, 200, "{\"input\":[{\"t\":\"red\"}]}", "a");
    Peer peer = play(Pace.AT_ONCE);

    HttpResponse<byte[]> refused = peer.post(protocol, "{\"input\":[{\"t\":\"blue\"}]}");
    HttpResponse<byte[]> late = peer.post(protocol, "{\"input\":[{\"t\":\"red\"}]}");

    String told =
        "call 1 differs from the recorded one at /input/0/t: recorded \"red\", now \"blue\"";
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("x-should-retry")).contains("false");
    JsonNode error = CallJson.MAPPER.readTree(refused.body()).get("error");
    assertThat(error.get("message").stringValue()).isEqualTo(told);
    String word =
        switch (protocol) {
          case ANTHROPIC_MESSAGES -> "/type";
          case GEMINI -> "/details/0/reason";
          case OPENAI_RESPONSES, OPENAI_CHAT -> "/code";
        };
    assertThat(error.at(word).stringValue()).isEqualTo("replay_mismatch");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(server.mismatch("t")).contains(told);
  }

  @Test
  void oneCallMoreThanRecordedIsRefused() throws Exception {
    record(1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{}", "a");
    Peer peer = play(Pace.AT_ONCE);
    peer.post(Protocol.OPENAI_CHAT, "{}");

    HttpResponse<byte[]> more = peer.post(Protocol.OPENAI_CHAT, "{}");

    assertThat(more.statusCode()).isEqualTo(409);
    assertThat(text(more)).contains("call 2 is one more than the recording of 1 calls has");
  }

  @Test
  void anotherProtocolOrTransportIsNamed() throws Exception {
    record(1, Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, CallEnd.COMPLETED, 101, "{}", "{}");
    Peer peer = play(Pace.AT_ONCE);

    assertThat(text(peer.post(Protocol.OPENAI_RESPONSES, "{}")))
        .contains("in its transport: recorded a WebSocket, now HTTP");

    server.unregister("t");
    Peer other =
        new Peer(server.baseUrl(), server.register("t", Recording.read(folder), Pace.AT_ONCE));
    assertThat(text(other.post(Protocol.OPENAI_CHAT, "{}")))
        .contains("in its protocol: recorded openai-responses, now openai-chat");
  }

  @Test
  void onlyCallsOfOneTimeMayChangePlaces() throws Exception {
    // Calls last 92 ms and begin a second apart, but for the second, which is sent in the first.
    recorder.request(1, 1, Calls.bytes("{\"n\":1}"), Calls.ORIGIN + 1_010_000_000L);
    recorder.request(2, 1, Calls.bytes("{\"n\":2}"), Calls.ORIGIN + 1_020_000_000L);
    for (int seq = 1; seq <= 2; seq++) {
      recorder.head(seq, 1, 200, Map.of(), Calls.ORIGIN + 1_030_000_000L);
      recorder.answer(seq, 1, Calls.bytes("a" + seq), false, Calls.ORIGIN + 1_040_000_000L);
      recorder.ended(Calls.call(seq, 1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED));
    }
    record(3, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{\"n\":3}", "a3");
    record(4, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{\"n\":4}", "a4");
    Peer peer = play(Pace.AT_ONCE);

    assertThat(text(peer.post(Protocol.OPENAI_CHAT, "{\"n\":2}"))).isEqualTo("a2");
    assertThat(text(peer.post(Protocol.OPENAI_CHAT, "{\"n\":1}"))).isEqualTo("a1");
    assertThat(text(peer.post(Protocol.OPENAI_CHAT, "{\"n\":4}")))
        .contains("call 3 differs from the recorded one at /n: recorded 3, now 4");
  }

  @Test
  void aCutAnswerIsCutAgain() throws Exception {
    record(1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.CUT, 200, "{}", "half");
    Peer peer = play(Pace.AT_ONCE);

    Assertions.assertThatThrownBy(() -> peer.post(Protocol.OPENAI_CHAT, "{}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    record(1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{}", "a");
    Peer known = play(Pace.AT_ONCE);

    assertThat(new Peer(server.baseUrl(), "replay-0").post(Protocol.OPENAI_CHAT, "{}").statusCode())
        .isEqualTo(401);
    server.unregister("t");
    assertThat(known.post(Protocol.OPENAI_CHAT, "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void callsOnAWebSocketArePlayedFrameByFrame() throws Exception {
    String first = "{\"type\":\"response.create\",\"input\":[1]}";
    String second = "{\"type\":\"response.create\",\"previous_response_id\":\"resp_1\"}";
    record(
        1,
        Protocol.OPENAI_RESPONSES,
        Transport.WEBSOCKET,
        CallEnd.COMPLETED,
        101,
        first,
        "{\"a\":1}",
        "{\"a\":\"grün\"}");
    record(
        2,
        Protocol.OPENAI_RESPONSES,
        Transport.WEBSOCKET,
        CallEnd.COMPLETED,
        101,
        second,
        "{\"a\":3}");
    Peer.Talk talk = play(Pace.AT_ONCE).open();

    talk.send(first);
    assertThat(List.of(talk.next(), talk.next())).containsExactly("{\"a\":1}", "{\"a\":\"grün\"}");
    talk.send(second);
    assertThat(talk.next()).isEqualTo("{\"a\":3}");
    talk.send(second);
    JsonNode refused = CallJson.MAPPER.readTree(talk.next());
    talk.end();

    assertThat(refused.get("type").stringValue()).isEqualTo("error");
    assertThat(refused.get("status").intValue()).isEqualTo(409);
    assertThat(refused.path("error").path("code").stringValue()).isEqualTo("replay_mismatch");
  }

  @Test
  void aCutWebSocketIsCutAgain() throws Exception {
    record(
        1, Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, CallEnd.CUT, 101, "{}", "{\"half\":1}");
    Peer.Talk talk = play(Pace.AT_ONCE).open();

    talk.send("{}");

    assertThat(List.of(talk.next(), talk.next())).containsExactly("{\"half\":1}", Peer.CLOSED);
  }

  @Test
  void aRefusedUpgradeIsRefusedAgain() throws Exception {
    long start = Calls.ORIGIN + 1_000_000_000L;
    recorder.head(1, 1, 426, Map.of(), start);
    recorder.answer(1, 1, Calls.bytes("no"), false, start);
    recorder.ended(
        Calls.call(1, 1, Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, CallEnd.REFUSED));
    record(2, Protocol.OPENAI_RESPONSES, Transport.SSE, CallEnd.COMPLETED, 200, "{}", "a");
    Peer peer = play(Pace.AT_ONCE);

    Assertions.assertThatThrownBy(peer::open)
        .cause()
        .isInstanceOfSatisfying(
            java.net.http.WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(426));
    assertThat(text(peer.post(Protocol.OPENAI_RESPONSES, "{}"))).isEqualTo("a");
  }

  @Test
  void nothingComesSoonerThanItWasRecorded() throws Exception {
    record(1, Protocol.OPENAI_CHAT, Transport.SSE, CallEnd.COMPLETED, 200, "{}", "a", "b");
    Peer peer = play(Pace.ORIGINAL);

    long before = System.nanoTime();
    HttpResponse<byte[]> answer = peer.post(Protocol.OPENAI_CHAT, "{}");
    long took = System.nanoTime() - before;

    assertThat(text(answer)).isEqualTo("ab");
    // Handed over after 13 ms, ended after 92 ms.
    assertThat(took).isGreaterThanOrEqualTo(79_000_000L);
    assertThat(server.mismatch("t")).isEqualTo(Optional.empty());
  }
}
