package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.proxy.RawPeer.Message;
import dev.pacebench.runner.home.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but model calls with a door's own token comes in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntranceTest {

  private final AtomicInteger calls = new AtomicInteger();
  private GatewayServer gateway;
  private RawProvider provider;
  private Door door;

  @TempDir Path folder;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayServer.start(Ticker.SYSTEM);
    provider =
        RawProvider.answering(
            (caller, n) -> {
              calls.incrementAndGet();
              caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            });
    door = gateway.open(Doors.to(provider).spec());
  }

  @AfterAll
  void stop() throws Exception {
    door.close();
    gateway.close();
    provider.close();
  }

  private Message send(String request) throws Exception {
    try (RawPeer agent = RawPeer.to(door.address())) {
      return agent.write(request).readMessage();
    }
  }

  @Test
  void bothWaysToShowATokenOpen() throws Exception {
    assertThat(send(RawPeer.post("/v1/responses", door.token(), "{}")).status()).isEqualTo(200);
    String byKey =
        "POST /messages HTTP/1.1\r\nHost: h\r\nX-API-Key: "
            + door.token()
            + "\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(send(byKey).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"'?key=%s', X-Other: y", "'?x=1&key=%s', X-Other: y", "'', X-Goog-Api-Key: %s"})
  void callersOfGeminiShowATokenInTheirOwnWays(String query, String header) throws Exception {
    String call =
        "POST /v1beta/models/m:generateContent%s HTTP/1.1\r\nHost: h\r\n%s\r\nContent-Length: 2\r\n\r\n{}"
            .formatted(query, header);
    assertThat(send(call.replace("%s", door.token())).status()).isEqualTo(200);
    assertThat(send(call.replace("%s", "pbt-wrong")).status()).isEqualTo(401);
  }

  @Test
  void aTokenInTheQueryOpensNoOtherProtocol() throws Exception {
    // There the query goes on to the provider, and the token would with it.
    String call = "POST /v1/messages?key=%s HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(send(call.formatted(door.token())).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/responses, invalid_api_key",
    "/v1/chat/completions, invalid_api_key",
    "/v1/messages, authentication_error",
    "/v1beta/models/m:generateContent, UNAUTHENTICATED"
  })
  void aWrongTokenIsRefusedInTheProtocolsOwnShape(String path, String word) throws Exception {
    int before = calls.get();
    for (String token :
        new String[] {"", "pbt-wrong", door.token() + "x", door.token().substring(1), Doors.KEY}) {
      Message answer = send(RawPeer.post(path, token, "{\"x\":\"" + "y".repeat(100_000) + "\"}"));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).contains("\"error\"").contains(word);
      assertThat(answer.text()).doesNotContain(door.token()).doesNotContain(Doors.KEY);
    }
    assertThat(calls).hasValue(before);
  }

  @Test
  void aSocketOpensForItsOwnTokenAlone() throws Exception {
    Doors doors = Doors.to(provider);
    doors.socket = Optional.of(folder.resolve("own/gateway.sock"));
    try (Door own = gateway.open(doors.spec())) {
      for (String token : new String[] {door.token(), own.token()}) {
        try (RawPeer agent = RawPeer.to(doors.socket.get())) {
          agent.write(RawPeer.post("/v1/responses", token, "{}"));
          assertThat(agent.readMessage().status()).isEqualTo(token.equals(own.token()) ? 200 : 401);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "GET"})
  void aProbeIsAnsweredWithNothing(String method) throws Exception {
    try (RawPeer agent = RawPeer.to(door.address())) {
      agent.write(method + " / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(agent.readHead().line()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v1/messages/count_tokens, 404",
    "GET /v1/models, 404",
    "GET /v1beta/models, 404",
    "POST /v1beta/models/m:countTokens, 404",
    "POST /v1beta/models/m:streamGenerateContent, 400",
    "POST /v1/embeddings, 404",
    "DELETE /v1/responses, 405",
    "GET /v1/responses, 405",
    "POST /v1/../v1/responses, 404",
    "POST http://other.example/v1/responses, 400",
    "CONNECT other.example:443, 400",
    "OPTIONS *, 400"
  })
  void everythingElseIsShut(String line, int status) throws Exception {
    int before = calls.get();
    Message answer =
        send(
            line
                + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                + door.token()
                + "\r\nContent-Length: 0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head().headers()).containsEntry("content-type", "application/json");
    assertThat(calls).hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2, 3",
        "Content-Length: +2",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Content-Length: 2\r\nHost: other",
        "Content-Length: 2\r\n Folded: x"
      })
  void whatTwoServersCouldReadDifferentlyIsRefused(String headers) throws Exception {
    int before = calls.get();
    String smuggled = RawPeer.post("/v1/responses", door.token(), "{}");
    String request =
        "POST /v1/responses HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
            + door.token()
            + "\r\n"
            + headers
            + "\r\n\r\n0\r\n\r\n"
            + smuggled;
    // Often, because a second request in the same read races with the end of the connection.
    for (int i = 0; i < 100; i++) {
      try (RawPeer agent = RawPeer.to(door.address())) {
        agent.write(request);
        assertThat(new String(agent.readAll(), StandardCharsets.ISO_8859_1))
            .satisfiesAnyOf(
                text -> assertThat(text).isEmpty(),
                text -> assertThat(text).startsWith("HTTP/1.1 400"))
            .doesNotContain("HTTP/1.1 200");
      }
    }
    assertThat(calls).hasValue(before);
  }

  @Test
  void olderVersionsOfHttpAreNotSpoken() throws Exception {
    String request = RawPeer.post("/v1/responses", door.token(), "{}");
    assertThat(send(request.replace("HTTP/1.1", "HTTP/1.0")).status()).isEqualTo(505);
  }

  @Test
  void onlyTheProvidersProtocolsAreOpen() throws Exception {
    Doors doors = Doors.to(provider);
    doors.protocols = Set.of(Protocol.OPENAI_CHAT);
    try (Door narrow = gateway.open(doors.spec());
        RawPeer agent = RawPeer.to(narrow.address())) {
      agent.write(RawPeer.post("/v1/messages", narrow.token(), "{}"));
      assertThat(agent.readMessage().status()).isEqualTo(404);
      agent.write(RawPeer.post("/v1/chat/completions", narrow.token(), "{}"));
      assertThat(agent.readMessage().status()).isEqualTo(200);
    }
  }

  @Test
  void anExpectingCallerIsToldToGoOn() throws Exception {
    try (RawPeer agent = RawPeer.to(door.address())) {
      String request = RawPeer.post("/v1/responses", door.token(), "{}");
      agent.write(request.replace("\r\n\r\n{}", "\r\nExpect: 100-continue\r\n\r\n"));
      assertThat(agent.readHead().line()).startsWith("HTTP/1.1 100");
      agent.write("{}");
      assertThat(agent.readMessage().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyOfMoreThan64MegabytesIsRefused() throws Exception {
    try (RawPeer agent = RawPeer.to(door.address())) {
      agent.write(
          "POST /v1/responses HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
              + door.token()
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      byte[] part = new byte[1 << 20];
      for (int i = 0; i < 65; i++) {
        agent.chunk(part);
      }
      assertThat(agent.readMessage().status()).isEqualTo(413);
    }
    assertThat(send(RawPeer.post("/v1/responses", door.token(), "{}")).status()).isEqualTo(200);
  }

  @Test
  void aPackedBodyIsReadAndGoesOnAsItCame() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"model\":\"m\",\"stream\":true}".getBytes(StandardCharsets.UTF_8));
    }
    byte[][] got = new byte[1][];
    String[] encoding = new String[1];
    try (RawProvider reading =
            RawProvider.saying(
                (caller, n) -> {
                  Message request = caller.readMessage();
                  got[0] = request.body();
                  encoding[0] = request.head().headers().get("content-encoding");
                  caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                });
        Door own = gateway.open(Doors.to(reading).spec());
        RawPeer agent = RawPeer.to(own.address())) {
      agent.write(
          "POST /v1/responses HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n"
              + "Authorization: Bearer "
              + own.token()
              + "\r\nContent-Length: "
              + packed.size()
              + "\r\n\r\n");
      agent.write(packed.toByteArray());
      assertThat(agent.readMessage().status()).isEqualTo(200);
      assertThat(got[0]).isEqualTo(packed.toByteArray());
      assertThat(encoding[0]).isEqualTo("gzip");
      assertThat(Doors.call(own).asked().stream()).isTrue();
    }
  }

  @Test
  void twoGatewaysLiveInOneProcess() throws Exception {
    try (GatewayServer other = GatewayServer.start(Ticker.SYSTEM)) {
      assertThat(other.address()).isNotEqualTo(gateway.address());
      try (Door theirs = other.open(Doors.to(provider).spec())) {
        assertThat(send(RawPeer.post("/v1/responses", theirs.token(), "{}")).status())
            .isEqualTo(401);
      }
    }
  }
}
