package dev.pacebench.runner.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.RawPeer.Message;
import dev.pacebench.runner.home.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpForwardingTest {

  private static final String ASK = "{\"model\":\"m\",\"stream\":true}";
  private static final String SSE =
      "HTTP/1.1 200 Fine\r\nContent-Type: text/event-stream\r\nX-Request-Id: req_1\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String DONE =
      "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
          + "{\"id\":\"resp_1\",\"status\":\"completed\",\"model\":\"m\"}}\n\n";

  private GatewayServer gateway;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void aStreamArrivesPartByPartAsItWasSent() throws Exception {
    BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);
    try (RawProvider provider =
            RawProvider.answering(
                (caller, n) -> {
                  caller.write(SSE).chunk("data: {\"a\":1}\n\n");
                  assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
                  caller.chunk("data: {\"b\":\"\u00e9").chunk("\"}\n\n").chunk(DONE).lastChunk();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      agent.write(RawPeer.post("/v1/responses", door.token(), ASK));
      RawPeer.Head head = agent.readHead();
      assertThat(head.line()).isEqualTo("HTTP/1.1 200 Fine");
      assertThat(head.headers())
          .containsEntry("content-type", "text/event-stream")
          .containsEntry("x-request-id", "req_1");
      assertThat(new String(agent.readChunk(), UTF_8)).isEqualTo("data: {\"a\":1}\n\n");
      seen.add("first");
      StringBuilder rest = new StringBuilder();
      byte[] chunk = agent.readChunk();
      while (chunk.length > 0) {
        rest.append(new String(chunk, UTF_8));
        chunk = agent.readChunk();
      }
      assertThat(rest).hasToString("data: {\"b\":\"\u00e9\"}\n\n" + DONE);

      CallRecord call = Doors.call(door);
      assertThat(call.transport()).isEqualTo(Transport.SSE);
      assertThat(call.answer().status()).isEqualTo(200);
      assertThat(call.answer().end()).isEqualTo(CallEnd.COMPLETED);
      assertThat(call.connection()).isEqualTo(1);
      assertThat(call.connectionReused()).isFalse();
      assertThat(call.bytesUp()).isEqualTo(ASK.length());
      assertThat(call.bytesDown())
          .isEqualTo(
              ("data: {\"a\":1}\n\ndata: {\"b\":\"\u00e9\"}\n\n" + DONE).getBytes(UTF_8).length);
      inOrder(
          call.times().scheduled(),
          call.times().released(),
          call.times().connectStart(),
          call.times().connectEnd(),
          call.times().send(),
          call.times().sent(),
          call.times().headers(),
          call.times().terminal(),
          call.times().end());
    }
  }

  @Test
  void theProviderGetsItsOwnKeyAndTheCallersOtherHeaders() throws Exception {
    BlockingQueue<Message> got = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              got.add(caller.readMessage());
              caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
              caller.read();
            })) {
      Doors doors = Doors.to(provider);
      doors.headers = Map.of("x-account", "acc");
      doors.rewriter =
          (protocol, body) ->
              new dev.pacebench.runner.gateway.policy.Rewriter.Rewritten(
                  "{\"new\":1}".getBytes(UTF_8),
                  Map.of("anthropic-beta", "fast-mode,b"),
                  Doors.untouched(protocol, body).asked());
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(
            "POST /v1/messages?beta=true HTTP/1.1\r\nHost: evil.example\r\nX-Api-Key: "
                + door.token()
                + "\r\nAnthropic-Beta: a,b\r\nOriginator: me\r\nAccept-Encoding: gzip, br\r\n"
                + "Connection: keep-alive, x-hop\r\nX-Hop: 1\r\nTE: trailers\r\n"
                + "Content-Length: 2\r\n\r\n{}");
        Message answer = agent.readMessage();
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(answer.head().headers()).containsEntry("content-length", "2");
      }
    }
    Message request = got.poll(5, TimeUnit.SECONDS);
    assertThat(request.head().line()).isEqualTo("POST /v1/messages?beta=true HTTP/1.1");
    assertThat(request.text()).isEqualTo("{\"new\":1}");
    assertThat(request.head().headers())
        .containsEntry("x-api-key", Doors.KEY)
        .containsEntry("anthropic-beta", "a,b,fast-mode")
        .containsEntry("originator", "me")
        .containsEntry("x-account", "acc")
        .containsEntry("accept-encoding", "identity")
        .doesNotContainKeys("authorization", "x-hop", "te", "connection", "transfer-encoding");
    assertThat(request.head().headers().get("host")).startsWith("127.0.0.1:");
    assertThat(request.head().text()).doesNotContain("pbt-");
  }

  @Test
  void connectionsAreReusedAndNumbered() throws Exception {
    try (RawProvider provider =
            RawProvider.answering(
                (caller, n) -> caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      for (int i = 0; i < 3; i++) {
        agent.write(RawPeer.post("/v1/chat/completions", door.token(), "{}"));
        assertThat(agent.readMessage().status()).isEqualTo(200);
      }
      assertThat(provider.connections()).isEqualTo(1);
      List<CallRecord> calls = Doors.calls(door, 3);
      assertThat(calls).extracting(CallRecord::seq).containsExactly(1, 2, 3);
      assertThat(calls).extracting(CallRecord::connection).containsExactly(1, 1, 1);
      assertThat(calls).extracting(CallRecord::connectionReused).containsExactly(false, true, true);
      assertThat(calls.get(1).times().connectStart()).isNull();
    }
  }

  @Test
  void anAgentWithManyConnectionsCostsTheProviderOne() throws Exception {
    String end = Streams.end(Protocol.OPENAI_RESPONSES);
    try (RawProvider provider =
            RawProvider.answering(
                (caller, n) -> {
                  caller.write(SSE);
                  for (int i = 0; i < 50; i++) {
                    caller.chunk(":" + i + "\n\n");
                  }
                  caller.chunk(end).lastChunk();
                });
        Door door = gateway.open(Doors.to(provider).spec())) {
      for (int i = 1; i <= 40; i++) {
        try (RawPeer agent = RawPeer.to(door.address())) {
          agent.write(RawPeer.post("/v1/responses", door.token(), ASK));
          assertThat(agent.readMessage().text()).startsWith(":0\n\n:1\n\n").endsWith(end);
          Doors.calls(door, i);
        }
      }
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @Test
  void aClosedConnectionIsNotUsedAgain() throws Exception {
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  caller.readMessage();
                  caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      for (int i = 0; i < 3; i++) {
        agent.write(RawPeer.post("/v1/chat/completions", door.token(), "{}"));
        assertThat(agent.readMessage().status()).isEqualTo(200);
      }
    }
  }

  private static void inOrder(Long... nanos) {
    assertThat(nanos).doesNotContainNull().isSorted();
  }
}
