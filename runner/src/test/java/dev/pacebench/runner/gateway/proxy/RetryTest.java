package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.proxy.RawPeer.Message;
import dev.pacebench.runner.home.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further attempts, made only while nothing was forwarded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryTest {

  private static final RetryRule TWICE =
      (attempt, answer) ->
          attempt < 3
              ? Optional.of(new RetryRule.Wait(Duration.ofMillis(50), answer.status() == 429))
              : Optional.empty();

  private GatewayServer gateway;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private static RawPeer ask(Door door) throws Exception {
    return RawPeer.to(door.address())
        .write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
  }

  private static String error(int status) {
    return "HTTP/1.1 "
        + status
        + " No\r\nRetry-After: 1\r\nContent-Length: 14\r\n\r\n{\"error\":\"no\"}";
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void aRefusalIsTriedAgainAndTheWaitsAreKept(int status) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              while (true) {
                if (requests.incrementAndGet() < 3) {
                  caller.readMessage();
                  caller.write(error(status));
                } else {
                  Streams.answer(caller, Protocol.OPENAI_RESPONSES);
                }
              }
            })) {
      Doors doors = Doors.to(provider);
      doors.retries = TWICE;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        assertThat(agent.readMessage().status()).isEqualTo(200);
        List<CallRecord> calls = Doors.calls(door, 3);
        assertThat(calls).extracting(CallRecord::seq).containsOnly(1);
        assertThat(calls).extracting(CallRecord::attempt).containsExactly(1, 2, 3);
        assertThat(calls)
            .extracting(c -> c.answer().end())
            .containsExactly(CallEnd.REFUSED, CallEnd.REFUSED, CallEnd.COMPLETED);
        assertThat(calls.get(0).waited()).isNull();
        CallRecord second = calls.get(1);
        assertThat(second.waited().ordered()).isEqualTo(status == 429);
        assertThat(second.waited().nanos()).isGreaterThanOrEqualTo(50_000_000);
        assertThat(second.times().scheduled()).isEqualTo(calls.get(0).times().end());
        assertThat(second.times().released())
            .isEqualTo(second.times().scheduled() + second.waited().nanos());
        assertThat(second.times().send()).isGreaterThanOrEqualTo(second.times().released());
        assertThat(door.limiterWaitNanos()).isZero();
      }
    }
  }

  @Test
  void whatIsNotTriedAgainReachesTheAgentWhole() throws Exception {
    try (RawProvider provider = RawProvider.answering((caller, n) -> caller.write(error(500)))) {
      Doors doors = Doors.to(provider);
      doors.retries = TWICE;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        Message answer = agent.readMessage();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("{\"error\":\"no\"}");
        assertThat(answer.head().headers()).containsEntry("retry-after", "1");
        assertThat(Doors.calls(door, 3)).extracting(CallRecord::attempt).containsExactly(1, 2, 3);
      }
    }
  }

  @Test
  void aLongRefusalIsForwardedInsteadOfKept() throws Exception {
    byte[] part = "x".repeat(64 << 10).getBytes();
    try (RawProvider provider =
        RawProvider.answering(
            (caller, n) -> {
              caller.write("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
              for (int i = 0; i < 20; i++) {
                caller.chunk(part);
              }
              caller.lastChunk();
            })) {
      Doors doors = Doors.to(provider);
      doors.retries = TWICE;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        Message answer = agent.readMessage();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).hasSize(20 * part.length);
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.REFUSED);
      }
    }
  }

  @Test
  void aStreamThatBeganIsNeverTriedAgain() throws Exception {
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              caller.readMessage();
              caller.write(Streams.SSE).chunk(Streams.delta(Protocol.OPENAI_RESPONSES, "Hi"));
            })) {
      Doors doors = Doors.to(provider);
      doors.retries = TWICE;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        assertThat(agent.readMessage().whole()).isFalse();
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.CUT);
        assertThat(provider.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aCutBeforeTheFirstByteIsTriedAgainByTheRule() throws Exception {
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              if (n == 1) {
                caller.readMessage();
              } else {
                Streams.answer(caller, Protocol.OPENAI_RESPONSES);
              }
            })) {
      Doors doors = Doors.to(provider);
      doors.retries = TWICE;
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        assertThat(agent.readMessage().status()).isEqualTo(200);
        assertThat(Doors.calls(door, 2))
            .extracting(c -> c.answer().end())
            .containsExactly(CallEnd.CUT, CallEnd.COMPLETED);
      }
    }
  }

  /** Has another key after it was asked to look again. */
  private static final class TwoKeys extends Doors.FixedKeys {
    private final List<Key> all = new CopyOnWriteArrayList<>(List.of(new Key("first-key-123")));
    private final AtomicInteger looked = new AtomicInteger();

    @Override
    public Map<String, String> headers(Protocol protocol) {
      return Map.of("authorization", "Bearer " + all.get(all.size() - 1).secret());
    }

    @Override
    public boolean refresh() {
      boolean other = looked.incrementAndGet() == 1;
      if (other) {
        all.add(new Key("second-key-45"));
      }
      return other;
    }

    @Override
    public List<Key> secrets() {
      return List.copyOf(all);
    }
  }

  @Test
  void aKeyThatChangedIsTriedOnce() throws Exception {
    TwoKeys keys = new TwoKeys();
    try (RawProvider provider = RawProvider.answering((caller, n) -> caller.write(error(401)))) {
      Doors doors = Doors.to(provider);
      doors.keys = keys;
      try (Door door = gateway.open(doors.spec())) {
        for (int i = 0; i < 2; i++) {
          try (RawPeer agent = ask(door)) {
            assertThat(agent.readMessage().status()).isEqualTo(401);
          }
        }
        assertThat(Doors.calls(door, 3))
            .extracting(c -> c.seq() + "." + c.attempt())
            .containsExactly("1.1", "1.2", "2.1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewKeyLetsTheCallIn(boolean socket) throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              while (true) {
                RawPeer.Message request = caller.readMessage();
                seen.add(request.head().headers().get("authorization"));
                if (seen.size() == 1) {
                  caller.write(error(401));
                } else if (socket) {
                  caller.write(RawFrames.acceptance(request.head()));
                } else {
                  caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                }
              }
            })) {
      Doors doors = Doors.to(provider);
      doors.keys = new TwoKeys();
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(
            socket
                ? RawFrames.upgrade(door.token())
                : RawPeer.post("/v1/responses", door.token(), Streams.ASK));
        assertThat(agent.readHead().line()).contains(socket ? " 101 " : " 200 ");
        assertThat(seen).containsExactly("Bearer first-key-123", "Bearer second-key-45");
        CallRecord refused = Doors.calls(door, socket ? 1 : 2).get(0);
        assertThat(refused.answer().status()).isEqualTo(401);
      }
    }
  }
}
