package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.policy.Rewriter;
import dev.pacebench.runner.gateway.proxy.RawFrames.Frame;
import dev.pacebench.runner.home.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketLinkTest {

  private GatewayServer gateway;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** Accepts, then answers each create with a delta and the end. */
  private static RawProvider completing() throws Exception {
    return RawProvider.saying(
        (caller, n) -> {
          RawFrames.accept(caller);
          while (true) {
            if (RawFrames.readData(caller).opcode() == 8) {
              return;
            }
            caller.write(RawFrames.text(RawFrames.DELTA, false));
            caller.write(RawFrames.text(RawFrames.COMPLETED, false));
          }
        });
  }

  @Test
  void twoCallsOnOneConnectionAreTwoRecords() throws Exception {
    try (RawProvider provider = completing();
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      for (int i = 0; i < 2; i++) {
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.DELTA);
        assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.COMPLETED);
      }
      List<CallRecord> calls = Doors.calls(door, 2);
      assertThat(calls).extracting(c -> c.answer().end()).containsOnly(CallEnd.COMPLETED);
      assertThat(calls).extracting(c -> c.answer().status()).containsOnly(101);
      assertThat(calls).extracting(CallRecord::transport).containsOnly(Transport.WEBSOCKET);
      assertThat(calls).extracting(CallRecord::connectionReused).containsExactly(false, true);
      assertThat(calls.get(0).times().connectEnd()).isNotNull();
      assertThat(calls.get(1).times().connectEnd()).isNull();
      assertThat(calls.get(1).bytesUp()).isEqualTo(RawFrames.CREATE.length());
      assertThat(calls.get(1).bytesDown())
          .isEqualTo(
              RawFrames.text(RawFrames.DELTA, false).length
                  + RawFrames.text(RawFrames.COMPLETED, false).length);
      assertThat(calls.get(1).times().first()).isNotNull();
      assertThat(calls.get(1).answer().usage().output()).isEqualTo(2);
      var times = calls.get(1).times();
      assertThat(
              new Long[] {
                times.scheduled(),
                times.released(),
                times.send(),
                times.sent(),
                times.headers(),
                times.first(),
                times.terminal(),
                times.end()
              })
          .isSorted();
    }
  }

  @Test
  void bothUpgradesAgreeAndNothingIsCompressed() throws Exception {
    BlockingQueue<RawPeer.Head> asked = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  asked.add(RawFrames.accept(caller));
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      agent.write(RawFrames.upgrade(door.token()));
      RawPeer.Head answer = agent.readHead();
      assertThat(answer.line()).contains(" 101 ");
      assertThat(answer.headers())
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .containsEntry("x-codex-turn-state", "sticky")
          .doesNotContainKey("sec-websocket-extensions");
      assertThat(asked.poll(5, TimeUnit.SECONDS).headers())
          .containsEntry("authorization", "Bearer " + Doors.KEY)
          .containsEntry("session-id", "s1")
          .containsEntry("openai-beta", "responses_websockets=2026-02-06")
          .doesNotContainKey("sec-websocket-extensions");
    }
  }

  @Test
  void whatComesTogetherWithTheUpgradeIsNotLost() throws Exception {
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  ByteArrayOutputStream all = new ByteArrayOutputStream();
                  all.writeBytes(RawFrames.acceptance(caller.readHead()).getBytes());
                  all.writeBytes(RawFrames.text("{\"type\":\"codex.rate_limits\"}", false));
                  caller.write(all.toByteArray());
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      assertThat(RawFrames.read(agent).text()).isEqualTo("{\"type\":\"codex.rate_limits\"}");
    }
  }

  @Test
  void framesKeepTheirShapeInBothDirections() throws Exception {
    BlockingQueue<Frame> got = new ArrayBlockingQueue<>(10);
    byte[] oddLength = {(byte) 0x81, 126, 0, 5, 'h', 'e', 'l', 'l', 'o'};
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  got.add(RawFrames.read(caller));
                  got.add(RawFrames.read(caller));
                  got.add(RawFrames.read(caller));
                  caller.write(RawFrames.frame(0x01, "ab".getBytes(), false));
                  caller.write(RawFrames.frame(0x00, new byte[0], false));
                  caller.write(RawFrames.frame(0x80, "c".getBytes(), false));
                  caller.write(oddLength);
                  caller.write(RawFrames.frame(0x82, new byte[] {0, 1, 2}, false));
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.frame(0x01, "{\"a\":".getBytes(), true));
      agent.write(RawFrames.frame(0x80, "1}".getBytes(), true));
      agent.write(RawFrames.frame(0x82, new byte[] {9, 8}, true));
      assertThat(got.poll(5, TimeUnit.SECONDS).text()).isEqualTo("{\"a\":");
      Frame second = got.poll(5, TimeUnit.SECONDS);
      assertThat(second.first()).isEqualTo(0x80);
      assertThat(second.text()).isEqualTo("1}");
      assertThat(got.poll(5, TimeUnit.SECONDS).payload()).containsExactly(9, 8);
      assertThat(RawFrames.read(agent).raw()).isEqualTo(new byte[] {0x01, 2, 'a', 'b'});
      assertThat(RawFrames.read(agent).raw()).isEqualTo(new byte[] {0x00, 0});
      assertThat(RawFrames.read(agent).raw()).isEqualTo(new byte[] {(byte) 0x80, 1, 'c'});
      assertThat(RawFrames.read(agent).raw()).isEqualTo(oddLength);
      assertThat(RawFrames.read(agent).payload()).containsExactly(0, 1, 2);
      assertThat(door.calls(true)).isEmpty();
    }
  }

  @Test
  void aCreateIsRewrittenAndOtherMessagesAreNot() throws Exception {
    BlockingQueue<String> got = new ArrayBlockingQueue<>(10);
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              RawFrames.accept(caller);
              while (true) {
                got.add(RawFrames.readData(caller).text());
              }
            })) {
      Doors doors = Doors.to(provider);
      doors.rewriter =
          (protocol, body) ->
              new Rewriter.Rewritten(
                  "{\"type\":\"response.create\",\"service_tier\":\"priority\"}".getBytes(),
                  Map.of(),
                  new Asked("m", "priority", null, null, true, false, null, List.of()));
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawFrames.open(door)) {
        agent.write(RawFrames.text("{\"type\":\"response.steer\"}", true));
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        agent.write(RawFrames.text("not json", true));
        assertThat(got.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"response.steer\"}");
        assertThat(got.poll(5, TimeUnit.SECONDS)).contains("priority");
        assertThat(got.poll(5, TimeUnit.SECONDS)).isEqualTo("not json");
        CallRecord open = door.calls(true).get(0);
        assertThat(open.asked().tier()).isEqualTo("priority");
        assertThat(open.answer().end()).isEqualTo(CallEnd.PHASE_OVER);
        assertThat(door.calls(false)).isEmpty();
        door.shut();
        assertThat(door.calls(false)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 426, 429, 503})
  void aRefusedUpgradeReachesTheAgentAsItIs(int status) throws Exception {
    String body = "{\"error\":{\"message\":\"no\",\"code\":\"c\"}}";
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  caller.readHead();
                  caller.write(
                      "HTTP/1.1 "
                          + status
                          + " Because\r\nRetry-After: 2\r\nX-Request-Id: r\r\nContent-Length: "
                          + body.length()
                          + "\r\n\r\n"
                          + body);
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawPeer.to(door.address())) {
      agent.write(RawFrames.upgrade(door.token()));
      RawPeer.Message answer = agent.readMessage();
      assertThat(answer.head().line()).isEqualTo("HTTP/1.1 " + status + " Because");
      assertThat(answer.head().headers())
          .containsEntry("retry-after", "2")
          .containsEntry("x-request-id", "r");
      assertThat(answer.text()).isEqualTo(body);
      CallRecord call = Doors.call(door);
      assertThat(call.transport()).isEqualTo(Transport.WEBSOCKET);
      assertThat(call.answer().status()).isEqualTo(status);
      assertThat(call.answer().end()).isEqualTo(CallEnd.REFUSED);
      assertThat(call.answer().retryAfterMillis()).isEqualTo(2000);
    }
  }

  @Test
  void pingsAreAnsweredHereOnBothSides() throws Exception {
    BlockingQueue<Frame> pong = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  caller.write(RawFrames.frame(0x89, "down".getBytes(), false));
                  pong.add(RawFrames.read(caller));
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.frame(0x89, "up".getBytes(), true));
      Frame mine = RawFrames.read(agent);
      assertThat(mine.opcode()).isEqualTo(10);
      assertThat(mine.text()).isEqualTo("up");
      assertThat(pong.poll(5, TimeUnit.SECONDS).text()).isEqualTo("down");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1008, 1011, 1012, 1013, 4000})
  void closeCodesPassToTheAgentAndIntoTheRecord(int code) throws Exception {
    BlockingQueue<Frame> back = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  caller.write(RawFrames.text(RawFrames.DELTA, false));
                  caller.write(RawFrames.frame(0x88, RawFrames.close(code, "why"), false));
                  back.add(RawFrames.read(caller));
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.DELTA);
      Frame close = RawFrames.read(agent);
      assertThat(close.opcode()).isEqualTo(8);
      assertThat(close.code()).isEqualTo(code);
      assertThat(new String(close.payload(), 2, 3, StandardCharsets.UTF_8)).isEqualTo("why");
      agent.write(RawFrames.frame(0x88, close.payload(), true));
      assertThat(back.poll(5, TimeUnit.SECONDS).code()).isEqualTo(code);
      assertThat(agent.read()).isEqualTo(-1);
      CallRecord call = Doors.call(door);
      assertThat(call.answer().end()).isEqualTo(CallEnd.CUT);
      assertThat(call.answer().errorCode()).isEqualTo("close_" + code);
      assertThat(call.answer().message()).contains("why");
    }
  }

  @Test
  void anAgentsCloseReachesTheProvider() throws Exception {
    BlockingQueue<Frame> got = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  Frame close = RawFrames.read(caller);
                  got.add(close);
                  caller.write(RawFrames.frame(0x88, close.payload(), false));
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      agent.write(RawFrames.frame(0x88, RawFrames.close(1000, "done"), true));
      assertThat(got.poll(5, TimeUnit.SECONDS).code()).isEqualTo(1000);
      assertThat(RawFrames.read(agent).code()).isEqualTo(1000);
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.ABANDONED);
    }
  }

  @Test
  void aConnectionThatDropsInAFrameDropsForTheAgentToo() throws Exception {
    byte[] frame = RawFrames.text(RawFrames.COMPLETED, false);
    byte[] half = Arrays.copyOf(frame, 60);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  caller.write(half);
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(agent.readAll()).isEqualTo(half);
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.CUT);
    }
  }

  @Test
  void anAgentThatGoesAwayEndsTheProvidersConnection() throws Exception {
    BlockingQueue<Integer> end = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  end.add(caller.read());
                });
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = RawFrames.open(door)) {
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        Thread.sleep(50);
      }
      assertThat(end.poll(5, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.ABANDONED);
    }
  }

  @Test
  void aMessageOf64MegabytesPasses() throws Exception {
    byte[] big = new byte[64 << 20];
    Arrays.fill(big, (byte) 'x');
    System.arraycopy("{\"type\":\"big\",\"x\":\"".getBytes(), 0, big, 0, 19);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  caller.write(RawFrames.frame(0x81, big, false));
                  caller.write(RawFrames.text(RawFrames.COMPLETED, false));
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(Arrays.equals(RawFrames.read(agent).payload(), big)).isTrue();
      assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.COMPLETED);
      assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
    }
  }

  @Test
  void framesThatCannotBeReadPassAndAreCounted() throws Exception {
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  caller.write(RawFrames.text("{\"type\": broken", false));
                  caller.write(RawFrames.text(RawFrames.COMPLETED, false));
                  caller.read();
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(RawFrames.read(agent).text()).isEqualTo("{\"type\": broken");
      assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.COMPLETED);
      CallRecord call = Doors.call(door);
      assertThat(call.answer().malformed()).isEqualTo(1);
      assertThat(call.answer().end()).isEqualTo(CallEnd.COMPLETED);
    }
  }

  @Test
  void anErrorEventPassesAndIsRecordedAsSuch() throws Exception {
    String error =
        "{\"type\":\"error\",\"status\":429,\"error\":{\"type\":\"t\",\"code\":"
            + "\"rate_limit_exceeded\",\"message\":\"slow\"},\"headers\":{\"retry-after\":\"2\"}}";
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  while (true) {
                    RawFrames.readData(caller);
                    caller.write(RawFrames.text(error, false));
                  }
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(RawFrames.read(agent).text()).isEqualTo(error);
      CallRecord call = Doors.call(door);
      assertThat(call.answer().errorCode()).isEqualTo("rate_limit_exceeded");
      assertThat(call.answer().retryAfterMillis()).isEqualTo(2000);
      assertThat(call.answer().end().answered()).isFalse();
    }
  }

  @Test
  void aSocketOnWhichACallHangsIsCutAndAnIdleOneIsNot() throws Exception {
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              RawFrames.accept(caller);
              RawFrames.readData(caller);
              caller.read();
            })) {
      Doors doors = Doors.to(provider);
      doors.idle = Duration.ofMillis(300);
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawFrames.open(door)) {
        Thread.sleep(900);
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThat(agent.read()).isEqualTo(-1);
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.SILENT);
      }
    }
  }

  @Test
  void aUsedUpBudgetIsAnErrorEventAndNothingIsSent() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              RawFrames.accept(caller);
              while (true) {
                RawFrames.readData(caller);
                requests.incrementAndGet();
                caller.write(RawFrames.text(RawFrames.COMPLETED, false));
              }
            })) {
      AtomicInteger used = new AtomicInteger();
      Doors doors = Doors.to(provider);
      doors.budget =
          new Doors.NoBudget() {
            @Override
            public void used(CallRecord call) {
              used.incrementAndGet();
            }

            @Override
            public Optional<Ended> usedUp() {
              return used.get() == 0 ? Optional.empty() : Optional.of(Ended.COST_LIMIT);
            }
          };
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawFrames.open(door)) {
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.COMPLETED);
        Doors.call(door);
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThat(RawFrames.read(agent).text())
            .contains("\"type\":\"error\"")
            .contains("insufficient_quota")
            .contains("cost_limit");
        assertThat(Doors.calls(door, 2).get(1).answer().end()).isEqualTo(CallEnd.LIMITED);
        assertThat(requests).hasValue(1);
      }
    }
  }

  @Test
  void aFloodOfPingsFromAnAgentClosesItsConnectionAlone() throws Exception {
    try (RawProvider provider = completing();
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = RawFrames.open(door)) {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
          flood.writeBytes(RawFrames.frame(0x89, new byte[0], true));
        }
        agent.write(flood.toByteArray());
        assertThat(RawFrames.readData(agent).code()).isEqualTo(1008);
      }
      works(door);
    }
  }

  @Test
  void aFloodOfPingsFromAProviderEndsTheCall() throws Exception {
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  if (n > 1) {
                    caller.write(RawFrames.text(RawFrames.DELTA, false));
                    caller.write(RawFrames.text(RawFrames.COMPLETED, false));
                    caller.read();
                    return;
                  }
                  while (true) {
                    caller.write(RawFrames.frame(0x89, new byte[0], false));
                  }
                });
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = RawFrames.open(door)) {
        agent.write(RawFrames.text(RawFrames.CREATE, true));
        assertThatThrownBy(() -> RawFrames.readData(agent)).isInstanceOf(EOFException.class);
      }
      CallRecord call = Doors.call(door);
      assertThat(call.answer().end()).isEqualTo(CallEnd.CUT);
      assertThat(call.answer().errorCode()).isEqualTo("ping_flood");
      works(door);
    }
  }

  @Test
  void anAgentsBrokenFramesCloseItsConnectionAlone() throws Exception {
    try (RawProvider provider = completing();
        Door door = gateway.open(Doors.to(provider).spec())) {
      try (RawPeer agent = RawFrames.open(door)) {
        agent.write(RawFrames.text("not masked", false));
        assertThat(RawFrames.read(agent).code()).isEqualTo(1002);
      }
      try (RawPeer agent = RawFrames.open(door)) {
        agent.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4});
        assertThat(RawFrames.read(agent).code()).isEqualTo(1009);
      }
      works(door);
    }
  }

  @Test
  void shuttingCutsAnOpenSocketAtOnce() throws Exception {
    BlockingQueue<Integer> end = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  RawFrames.accept(caller);
                  RawFrames.readData(caller);
                  caller.write(RawFrames.text(RawFrames.DELTA, false));
                  end.add(caller.read());
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      RawFrames.read(agent);
      door.shut();
      assertThat(door.calls(false)).hasSize(1);
      assertThat(door.calls(false).get(0).answer().end()).isEqualTo(CallEnd.PHASE_OVER);
      assertThat(agent.read()).isEqualTo(-1);
      assertThat(end.poll(5, TimeUnit.SECONDS)).isEqualTo(-1);
      try (RawPeer late = RawPeer.to(door.address())) {
        late.write(RawFrames.upgrade(door.token()));
        assertThat(late.readMessage().status()).isEqualTo(401);
      }
      assertThat(door.callsAfterShut()).isEqualTo(1);
    }
  }

  /** A further call on the same door works. */
  private static void works(Door door) throws Exception {
    try (RawPeer agent = RawFrames.open(door)) {
      agent.write(RawFrames.text(RawFrames.CREATE, true));
      assertThat(RawFrames.readData(agent).text()).isEqualTo(RawFrames.DELTA);
      assertThat(RawFrames.readData(agent).text()).isEqualTo(RawFrames.COMPLETED);
    }
  }
}
