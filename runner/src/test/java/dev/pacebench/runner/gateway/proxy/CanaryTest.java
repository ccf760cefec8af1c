package dev.pacebench.runner.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.RawPeer.Message;
import dev.pacebench.runner.home.Ticker;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's key never comes back, whatever a provider does with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryTest {

  private static final String STARS = "*".repeat(Doors.KEY.length());

  private GatewayServer gateway;

  /** All that a listener hears. */
  private static final class Heard implements CallListener {
    private final StringBuffer all = new StringBuffer();

    @Override
    public void ended(CallRecord call) {
      all.append(call);
    }

    @Override
    public void request(int seq, int attempt, byte[] body, long nanos) {
      all.append(new String(body, UTF_8));
    }

    @Override
    public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
      all.append(new String(part, UTF_8));
    }

    @Override
    public void head(
        int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
      all.append(headers);
    }
  }

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void aKeyThatComesBackInPiecesIsCovered() throws Exception {
    for (int split = 0; split <= Doors.KEY.length(); split++) {
      int at = split;
      Heard heard = new Heard();
      try (RawProvider provider =
          RawProvider.answering(
              (caller, n) -> {
                caller.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Echo: Bearer "
                        + Doors.KEY
                        + "\r\nSet-Cookie: key="
                        + Doors.KEY
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n");
                if (at > 0) {
                  caller.chunk("data: " + Doors.KEY.substring(0, at));
                  Thread.sleep(5);
                }
                caller.chunk(Doors.KEY.substring(at) + "\n\n").lastChunk();
              })) {
        Doors doors = Doors.to(provider);
        doors.listener = heard;
        try (Door door = gateway.open(doors.spec());
            RawPeer agent = RawPeer.to(door.address())) {
          agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
          Message answer = agent.readMessage();
          assertThat(answer.text()).isEqualTo((at > 0 ? "data: " : "") + STARS + "\n\n");
          assertThat(answer.head().headers()).containsEntry("x-echo", "Bearer " + STARS);
          assertThat(answer.head().text()).doesNotContain(Doors.KEY);
          Doors.call(door);
          assertThat(heard.all).doesNotContain(Doors.KEY).doesNotContain(door.token());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 500})
  void anErrorThatRepeatsTheKeyIsCovered(int status) throws Exception {
    String body = "{\"error\":{\"message\":\"Incorrect key: " + Doors.KEY + "\"}}";
    Heard heard = new Heard();
    try (RawProvider provider =
        RawProvider.answering(
            (caller, n) ->
                caller.write(
                    "HTTP/1.1 "
                        + status
                        + " Bad "
                        + Doors.KEY
                        + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body))) {
      Doors doors = Doors.to(provider);
      doors.listener = heard;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
        Message answer = agent.readMessage();
        assertThat(answer.text()).isEqualTo(body.replace(Doors.KEY, STARS));
        assertThat(answer.head().text()).doesNotContain(Doors.KEY);
        assertThat(Doors.call(door).answer().message()).contains(STARS);
        assertThat(heard.all).doesNotContain(Doors.KEY);
      }
    }
  }

  @Test
  void theTokenInAQueryOfGeminiStaysHere() throws Exception {
    Heard heard = new Heard();
    StringBuffer got = new StringBuffer();
    String body = "{\"error\":{\"code\":400,\"message\":\"key=" + Doors.KEY + "\"}}";
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              RawPeer.Message asked = caller.readMessage();
              got.append(asked.head().text());
              caller.write(
                  "HTTP/1.1 400 Bad\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            })) {
      Doors doors = Doors.to(provider);
      doors.listener = heard;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(
            "POST /v1beta/models/m:generateContent?key="
                + door.token()
                + " HTTP/1.1\r\nHost: h\r\nX-Goog-Api-Key: "
                + door.token()
                + "\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(agent.readMessage().text()).isEqualTo(body.replace(Doors.KEY, STARS));
        assertThat(Doors.call(door).answer().message()).isEqualTo("key=" + STARS);
        assertThat(got).contains("/models/m:generateContent HTTP/1.1").contains(Doors.KEY);
        assertThat(got).doesNotContain(door.token());
        assertThat(heard.all).doesNotContain(Doors.KEY).doesNotContain(door.token());
      }
    }
  }

  @Test
  void aPackedAnswerIsUnpackedAndCovered() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(("data: " + Doors.KEY + "\n\n").getBytes(UTF_8));
    }
    try (RawProvider provider =
            RawProvider.answering(
                (caller, n) ->
                    caller
                        .write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                + "Content-Encoding: gzip\r\nContent-Length: "
                                + packed.size()
                                + "\r\n\r\n")
                        .write(packed.toByteArray()));
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
      Message answer = agent.readMessage();
      assertThat(answer.text()).isEqualTo("data: " + STARS + "\n\n");
      assertThat(answer.head().headers()).doesNotContainKey("content-encoding");
    }
  }

  @Test
  void framesAndUpgradesThatRepeatTheKeyAreCovered() throws Exception {
    Heard heard = new Heard();
    String half = Doors.KEY.substring(0, 9);
    String rest = Doors.KEY.substring(9);
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              String accept = RawFrames.acceptance(caller.readHead());
              caller.write(accept.replace("sticky", "sticky " + Doors.KEY));
              RawFrames.readData(caller);
              caller.write(RawFrames.text("{\"x\":\"" + Doors.KEY + "\"}", false));
              caller.write(RawFrames.frame(0x01, ("{\"x\":\"" + half).getBytes(), false));
              caller.write(RawFrames.frame(0x80, (rest + "\"}").getBytes(), false));
              caller.write(RawFrames.frame(0x88, RawFrames.close(1011, Doors.KEY), false));
              caller.read();
            })) {
      Doors doors = Doors.to(provider);
      doors.listener = heard;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(RawFrames.upgrade(door.token()));
        RawPeer.Head head = agent.readHead();
        assertThat(head.headers()).containsEntry("x-codex-turn-state", "sticky " + STARS);
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThat(RawFrames.read(agent).text()).isEqualTo("{\"x\":\"" + STARS + "\"}");
        String both = RawFrames.read(agent).text() + RawFrames.read(agent).text();
        assertThat(both).isEqualTo("{\"x\":\"" + STARS + "\"}");
        assertThat(RawFrames.read(agent).text()).contains(STARS);
        assertThat(Doors.call(door).answer().message()).contains(STARS);
        assertThat(heard.all).doesNotContain(Doors.KEY);
      }
    }
  }

  @Test
  void ofTheProvidersCertificateAndNameNothingIsBelieved() throws Exception {
    // Plain HTTP where TLS is spoken: no key is sent to somebody who cannot prove who it is.
    StringBuffer got = new StringBuffer();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              got.append(new String(caller.readAll(), UTF_8));
            })) {
      java.net.URI base =
          java.net.URI.create(provider.base().toString().replace("http:", "https:"));
      Doors doors = Doors.to(base);
      doors.idle = java.time.Duration.ofSeconds(2);
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
        assertThat(agent.readMessage().status()).isEqualTo(502);
      }
      assertThat(got).doesNotContain(Doors.KEY);
    }
  }
}
