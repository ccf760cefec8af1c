package dev.pacebench.runner.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.proxy.RawPeer.Message;
import dev.pacebench.runner.home.Ticker;
import java.io.EOFException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent gets what the provider sent, the record says what happened, and the next call works.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFaultsTest {

  private GatewayServer gateway;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** What the provider does with the first call; each later one is answered. */
  private static RawProvider first(Protocol protocol, RawProvider.Talk fault) throws Exception {
    return RawProvider.saying(
        (caller, n) -> {
          if (n == 1) {
            caller.readMessage();
            fault.with(caller, n);
            return;
          }
          while (true) {
            Streams.answer(caller, protocol);
          }
        });
  }

  private static RawPeer ask(Door door, Protocol protocol) throws Exception {
    return RawPeer.to(door.address())
        .write(RawPeer.post(Streams.path(protocol), door.token(), Streams.ASK));
  }

  private static void works(Door door, Protocol protocol) throws Exception {
    try (RawPeer agent = ask(door, protocol)) {
      Message answer = agent.readMessage();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(Streams.delta(protocol, "Hi") + Streams.end(protocol));
      // A connection that the provider closed meanwhile is an attempt of its own.
      assertThat(Doors.calls(door, c -> c.seq() == 2))
          .last()
          .satisfies(call -> assertThat(call.answer().end()).isEqualTo(CallEnd.COMPLETED));
    }
  }

  static Stream<Arguments> statuses() {
    return Arrays.stream(Protocol.values())
        .flatMap(
            protocol ->
                Stream.of(
                    Arguments.of(protocol, 400, "", null),
                    Arguments.of(protocol, 401, "", null),
                    Arguments.of(protocol, 408, "", null),
                    Arguments.of(protocol, 409, "", null),
                    Arguments.of(protocol, 429, "", null),
                    Arguments.of(protocol, 429, "Retry-After: 2\r\n", 2000L),
                    Arguments.of(protocol, 429, "Retry-After-Ms: 150\r\n", 150L),
                    Arguments.of(
                        protocol, 429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0L),
                    Arguments.of(protocol, 500, "", null),
                    Arguments.of(protocol, 503, "Retry-After: 1\r\n", 1000L),
                    Arguments.of(protocol, 529, "", null)));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void errorsPassAsTheyAre(Protocol protocol, int status, String header, Long wait)
      throws Exception {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"code\":\"c\",\"message\":\"no\"}}";
    try (RawProvider provider =
            first(
                protocol,
                (caller, n) ->
                    caller.write(
                        "HTTP/1.1 "
                            + status
                            + " Said So\r\nContent-Type: application/json\r\n"
                            + header
                            + "Content-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body));
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        Message answer = agent.readMessage();
        assertThat(answer.head().line()).isEqualTo("HTTP/1.1 " + status + " Said So");
        assertThat(answer.head().text().toLowerCase()).contains(header.toLowerCase());
        assertThat(answer.text()).isEqualTo(body);
        CallRecord call = Doors.call(door);
        assertThat(call.answer().end()).isEqualTo(CallEnd.REFUSED);
        assertThat(call.answer().status()).isEqualTo(status);
        assertThat(call.answer().message()).isEqualTo("no");
        assertThat(call.answer().retryAfterMillis()).isEqualTo(wait);
      }
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aCutBeforeTheFirstByteIsACutForTheAgent(Protocol protocol) throws Exception {
    try (RawProvider provider = first(protocol, (caller, n) -> {});
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        assertThatThrownBy(agent::readMessage).isInstanceOf(EOFException.class);
      }
      CallRecord call = Doors.call(door);
      assertThat(call.answer().end()).isEqualTo(CallEnd.CUT);
      assertThat(call.answer().status()).isZero();
      assertThat(call.times().send()).isNotNull();
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aCutWithinAnEventIsACutForTheAgent(Protocol protocol) throws Exception {
    byte[] whole = Streams.delta(protocol, "Gr\u00fc\u00dfe").getBytes(UTF_8);
    int inLetter = new String(whole, UTF_8).indexOf('\u00fc') + 1;
    for (int end : new int[] {whole.length - 5, inLetter}) {
      byte[] part = Arrays.copyOf(whole, end);
      try (RawProvider provider =
              first(protocol, (caller, n) -> caller.write(Streams.SSE).chunk(part));
          Door door = gateway.open(Doors.to(provider).spec())) {
        try (RawPeer agent = ask(door, protocol)) {
          Message answer = agent.readMessage();
          assertThat(answer.whole()).isFalse();
          assertThat(answer.body()).isEqualTo(part);
        }
        CallRecord call = Doors.call(door);
        assertThat(call.answer().end()).isEqualTo(CallEnd.CUT);
        assertThat(call.bytesDown()).isEqualTo(part.length);
        works(door, protocol);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aChunkThatIsNotWholeIsForwardedAsFarAsItCame(Protocol protocol) throws Exception {
    try (RawProvider provider =
            first(protocol, (caller, n) -> caller.write(Streams.SSE + "ff\r\ndata: half"));
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        Message answer = agent.readMessage();
        assertThat(answer.whole()).isFalse();
        assertThat(answer.text()).isEqualTo("data: half");
      }
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.CUT);
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aProviderThatHangsIsGivenUp(Protocol protocol) throws Exception {
    try (RawProvider provider = first(protocol, (caller, n) -> caller.read())) {
      Doors doors = Doors.to(provider);
      doors.idle = Duration.ofMillis(300);
      try (Door door = gateway.open(doors.spec())) {
        try (RawPeer agent = ask(door, protocol)) {
          Message answer = agent.readMessage();
          assertThat(answer.status()).isEqualTo(504);
          assertThat(answer.text()).contains("\"error\"").contains("silent");
        }
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.SILENT);
        works(door, protocol);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamThatHangsIsCut(Protocol protocol) throws Exception {
    String part = Streams.delta(protocol, "Hi");
    try (RawProvider provider =
        first(protocol, (caller, n) -> caller.write(Streams.SSE).chunk(part).read())) {
      Doors doors = Doors.to(provider);
      doors.idle = Duration.ofMillis(300);
      try (Door door = gateway.open(doors.spec())) {
        try (RawPeer agent = ask(door, protocol)) {
          Message answer = agent.readMessage();
          assertThat(answer.whole()).isFalse();
          assertThat(answer.text()).isEqualTo(part);
        }
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.SILENT);
        works(door, protocol);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aSlowDripIsNoSilence(Protocol protocol) throws Exception {
    String whole = Streams.delta(protocol, "Hi") + Streams.end(protocol);
    try (RawProvider provider =
        first(
            protocol,
            (caller, n) -> {
              caller.write(Streams.SSE);
              for (int i = 0; i < 12; i++) {
                Thread.sleep(100);
                caller.chunk(":\n\n");
              }
              caller.chunk(whole).lastChunk();
            })) {
      Doors doors = Doors.to(provider);
      doors.idle = Duration.ofSeconds(1);
      try (Door door = gateway.open(doors.spec())) {
        try (RawPeer agent = ask(door, protocol)) {
          assertThat(agent.readMessage().text()).isEqualTo(":\n\n".repeat(12) + whole);
        }
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anEventOf64MegabytesPasses(Protocol protocol) throws Exception {
    byte[] chunk = "x".repeat(1 << 20).getBytes(UTF_8);
    try (RawProvider provider =
            first(
                protocol,
                (caller, n) -> {
                  caller.write(Streams.SSE).chunk("data: {\"type\":\"big\",\"x\":\"");
                  for (int i = 0; i < 64; i++) {
                    caller.chunk(chunk);
                  }
                  caller.chunk("\"}\n\n").chunk(Streams.end(protocol)).lastChunk();
                });
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        Message answer = agent.readMessage();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body().length).isGreaterThan(64 << 20);
      }
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
      works(door, protocol);
    }
  }

  /** What the gateway had read already when the provider closed must not be lost. */
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theEndReachesAnAgentThatReadsLaterThanItsProviderCloses(Protocol protocol) throws Exception {
    for (int kilobytes = 5_000; kilobytes <= 9_000; kilobytes += 250) {
      byte[] chunk = "x".repeat(kilobytes << 10).getBytes(UTF_8);
      try (RawProvider provider =
              first(
                  protocol,
                  (caller, n) ->
                      caller
                          .write(Streams.SSE)
                          .chunk("data: {\"type\":\"big\",\"x\":\"")
                          .chunk(chunk)
                          .chunk("\"}\n\n")
                          .chunk(Streams.end(protocol))
                          .lastChunk());
          Door door = gateway.open(Doors.to(provider).spec());
          RawPeer agent = ask(door, protocol)) {
        Thread.sleep(50);
        Message answer = agent.readMessage();
        assertThat(answer.whole()).as("%d KiB", kilobytes).isTrue();
        assertThat(answer.body().length).isGreaterThan(chunk.length);
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatCannotBeReadPassesUnharmed(Protocol protocol) throws Exception {
    String text = "data: {\"type\": broken}\n\ndata: \u0000\n\n" + Streams.end(protocol);
    try (RawProvider provider =
            first(protocol, (caller, n) -> caller.write(Streams.SSE).chunk(text).lastChunk());
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        assertThat(agent.readMessage().text()).isEqualTo(text);
      }
      CallRecord call = Doors.call(door);
      assertThat(call.answer().malformed()).isPositive();
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anotherContentTypePassesAndIsRecordedAsUnknown(Protocol protocol) throws Exception {
    String page = "<html>hello</html>";
    try (RawProvider provider =
            first(
                protocol,
                (caller, n) ->
                    caller.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n"
                            + page));
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        Message answer = agent.readMessage();
        assertThat(answer.text()).isEqualTo(page);
        assertThat(answer.head().headers()).containsEntry("content-type", "text/html");
      }
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.UNKNOWN);
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatIsNoHttpIsACut(Protocol protocol) throws Exception {
    try (RawProvider provider =
            first(protocol, (caller, n) -> caller.write("220 mail.example ready\r\n\r\n"));
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = ask(door, protocol)) {
        assertThatThrownBy(agent::readMessage).isInstanceOf(EOFException.class);
      }
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.CUT);
      works(door, protocol);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aProviderThatIsNotThereIsABadGateway(Protocol protocol) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    for (String host : new String[] {"127.0.0.1", "no-such-host.invalid"}) {
      URI base = URI.create("http://" + host + ":" + port + "/v1");
      try (Door door = gateway.open(Doors.to(base).spec());
          RawPeer agent = ask(door, protocol)) {
        Message answer = agent.readMessage();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text())
            .contains(
                protocol == Protocol.ANTHROPIC_MESSAGES ? "api_error" : "provider_unreachable");
        CallRecord call = Doors.call(door);
        assertThat(call.answer().end()).isEqualTo(CallEnd.UNREACHABLE);
        assertThat(call.times().connectStart()).isNotNull();
        assertThat(call.times().send()).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aConnectionThatExpiredIsReplacedByANewOne(Protocol protocol) throws Exception {
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  Streams.answer(caller, protocol);
                  if (n == 1) {
                    // Open until the next request is there, then closed without a word.
                    caller.readMessage();
                  } else {
                    Streams.answer(caller, protocol);
                  }
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      for (int i = 0; i < 2; i++) {
        agent.write(RawPeer.post(Streams.path(protocol), door.token(), Streams.ASK));
        Message answer = agent.readMessage();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        Doors.calls(door, i == 0 ? 1 : 3);
      }
      assertThat(door.calls(false))
          .extracting(c -> c.seq() + "." + c.attempt() + " " + c.answer().end().word())
          .containsExactly("1.1 completed", "2.1 cut", "2.2 completed");
    }
  }
}
