package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.home.Ticker;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A door's life: its socket, its limits, its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

  private GatewayServer gateway;

  @TempDir Path folder;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private static RawProvider answering() throws Exception {
    return RawProvider.saying(
        (caller, n) -> {
          while (true) {
            Streams.answer(caller, Protocol.OPENAI_RESPONSES);
          }
        });
  }

  private static RawPeer ask(Door door) throws Exception {
    return RawPeer.to(door.address())
        .write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
  }

  @Test
  void shuttingCutsCallsAtOnceAndForGood() throws Exception {
    BlockingQueue<Integer> end = new ArrayBlockingQueue<>(1);
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  caller.readMessage();
                  caller.write(Streams.SSE).chunk("data: 1\n\n");
                  end.add(caller.read());
                });
        Door door = gateway.open(Doors.to(provider).spec());
        RawPeer agent = ask(door)) {
      agent.readHead();
      agent.readChunk();
      assertThat(door.calls(false)).isEmpty();
      assertThat(door.calls(true)).hasSize(1);
      door.shut();
      List<CallRecord> calls = door.calls(false);
      assertThat(calls).hasSize(1);
      assertThat(calls.get(0).answer().end()).isEqualTo(CallEnd.PHASE_OVER);
      assertThat(agent.readChunk()).isNull();
      assertThat(end.poll(5, TimeUnit.SECONDS)).isEqualTo(-1);
      door.shut();
      try (RawPeer late = ask(door)) {
        assertThat(late.readMessage().status()).isEqualTo(401);
      }
      assertThat(door.callsAfterShut()).isEqualTo(1);
      assertThat(door.calls(true)).isEqualTo(calls);
    }
  }

  @Test
  void aCallThatWaitsForItsPlaceEndsWithThePhase() throws Exception {
    CompletableFuture<Doors.FreeLimiter.Permit> never = new CompletableFuture<>();
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.limiter =
          new Doors.FreeLimiter() {
            @Override
            public CompletableFuture<Permit> acquire() {
              return never;
            }
          };
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        awaitOpen(door);
        door.shut();
        assertThat(never).isCancelled();
        assertThat(door.calls(false).get(0).answer().end()).isEqualTo(CallEnd.PHASE_OVER);
        assertThat(door.calls(false).get(0).times().send()).isNull();
        assertThat(agent.read()).isEqualTo(-1);
      }
    }
  }

  private static void awaitOpen(Door door) throws InterruptedException {
    for (int i = 0; i < 2000 && door.calls(true).isEmpty(); i++) {
      Thread.sleep(2);
    }
    assertThat(door.calls(true)).hasSize(1);
  }

  @Test
  void anAgentThatGoesAwayEndsItsCallAndGivesItsPlaceBack() throws Exception {
    BlockingQueue<Integer> end = new ArrayBlockingQueue<>(1);
    AtomicInteger back = new AtomicInteger();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              caller.readMessage();
              caller.write(Streams.SSE).chunk("data: 1\n\n");
              end.add(caller.read());
            })) {
      Doors doors = Doors.to(provider);
      doors.limiter =
          new Doors.FreeLimiter() {
            @Override
            public CompletableFuture<Permit> acquire() {
              return CompletableFuture.completedFuture(back::incrementAndGet);
            }
          };
      try (Door door = gateway.open(doors.spec())) {
        try (RawPeer agent = ask(door)) {
          agent.readHead();
          agent.readChunk();
        }
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.ABANDONED);
        assertThat(end.poll(5, TimeUnit.SECONDS)).isEqualTo(-1);
        for (int i = 0; i < 1000 && back.get() == 0; i++) {
          Thread.sleep(2);
        }
        assertThat(back).hasValue(1);
      }
    }
  }

  @Test
  void waitsForOurLimiterAreStampedAndAddedUp() throws Exception {
    CompletableFuture<Doors.FreeLimiter.Permit> place = new CompletableFuture<>();
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.limiter =
          new Doors.FreeLimiter() {
            @Override
            public CompletableFuture<Permit> acquire() {
              return place;
            }
          };
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        awaitOpen(door);
        Thread.sleep(100);
        assertThat(door.limiterWaitNanos()).isGreaterThan(50_000_000);
        place.complete(() -> {});
        assertThat(agent.readMessage().status()).isEqualTo(200);
        CallRecord call = Doors.call(door);
        long waited = call.times().released() - call.times().scheduled();
        assertThat(waited).isGreaterThanOrEqualTo(door.limiterWaitNanos());
        long total = door.limiterWaitNanos();
        Thread.sleep(20);
        assertThat(door.limiterWaitNanos()).isEqualTo(total);
      }
    }
  }

  @Test
  void aUsedUpBudgetRefusesAtOnceAndSendsNothing() throws Exception {
    try (RawProvider provider = answering()) {
      List<CallRecord> counted = new CopyOnWriteArrayList<>();
      Doors doors = Doors.to(provider);
      doors.budget =
          new Doors.NoBudget() {
            @Override
            public void used(CallRecord call) {
              counted.add(call);
            }

            @Override
            public Optional<Ended> usedUp() {
              return counted.isEmpty() ? Optional.empty() : Optional.of(Ended.TOKEN_LIMIT);
            }
          };
      try (Door door = gateway.open(doors.spec())) {
        try (RawPeer agent = ask(door)) {
          assertThat(agent.readMessage().status()).isEqualTo(200);
        }
        Doors.call(door);
        try (RawPeer agent = ask(door)) {
          RawPeer.Message answer = agent.readMessage();
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.text()).contains("insufficient_quota").contains("token_limit");
        }
        CallRecord limited = Doors.calls(door, 2).get(1);
        assertThat(limited.answer().end()).isEqualTo(CallEnd.LIMITED);
        assertThat(limited.answer().errorCode()).isEqualTo("token_limit");
        assertThat(limited.times().send()).isNull();
        assertThat(provider.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aSocketIsForItsOwnerAloneAndGoesWithItsDoor() throws Exception {
    Path socket = folder.resolve("trial-1/gateway.sock");
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.socket = Optional.of(socket);
      try (Door door = gateway.open(doors.spec())) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
            .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
            .isEqualTo("rwx------");
        try (RawPeer agent = RawPeer.to(socket)) {
          agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
          assertThat(agent.readMessage().status()).isEqualTo(200);
          door.shut();
          assertThat(agent.read()).isEqualTo(-1);
        }
      }
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void aSocketRefusesAndCountsWhatComesAfterTheShut() throws Exception {
    Path socket = folder.resolve("trial-3/gateway.sock");
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.socket = Optional.of(socket);
      try (Door door = gateway.open(doors.spec())) {
        door.shut();
        for (int i = 1; i <= 2; i++) {
          try (RawPeer late = RawPeer.to(socket)) {
            late.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
            assertThat(late.readMessage().status()).isEqualTo(401);
          }
          assertThat(door.callsAfterShut()).isEqualTo(i);
        }
        assertThat(door.calls(true)).isEmpty();
        try (RawPeer idle = RawPeer.to(socket)) {
          idle.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
          assertThat(idle.readMessage().status()).isEqualTo(401);
          door.close();
          assertThat(idle.read()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void aRestartedGatewayTakesOverTheFolder() throws Exception {
    Path socket = folder.resolve("trial-2/gateway.sock");
    Files.createDirectories(socket.getParent());
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(socket));
    dead.close();
    assertThat(Files.exists(socket)).isTrue();
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.socket = Optional.of(socket);
      for (int i = 0; i < 2; i++) {
        try (GatewayServer restarted = GatewayServer.start(Ticker.SYSTEM)) {
          Door door = restarted.open(doors.spec());
          try (RawPeer agent = RawPeer.to(socket)) {
            agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
            assertThat(agent.readMessage().status()).isEqualTo(200);
          }
        }
      }
    }
  }

  @Test
  void whatIsNoSocketIsNotRemoved() throws Exception {
    Path file = folder.resolve("trial-3/gateway.sock");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");
    Doors doors = Doors.to(java.net.URI.create("http://127.0.0.1:1/v1"));
    doors.socket = Optional.of(file);
    assertThatThrownBy(() -> gateway.open(doors.spec()))
        .isInstanceOf(InfrastructureError.class)
        .hasMessageContaining("no socket");
    assertThat(file).hasContent("mine");
    doors.socket = Optional.of(folder.resolve("x".repeat(120)).resolve("gateway.sock"));
    assertThatThrownBy(() -> gateway.open(doors.spec()))
        .isInstanceOf(InfrastructureError.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void aListenerThatThrowsHarmsNoCall() throws Exception {
    try (RawProvider provider = answering()) {
      Doors doors = Doors.to(provider);
      doors.listener =
          call -> {
            throw new IllegalStateException("of the test");
          };
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = ask(door)) {
        assertThat(agent.readMessage().whole()).isTrue();
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
      }
    }
  }

  @Test
  void moreThan64CallsAtOnceAreRefusedWithoutHarm() throws Exception {
    CompletableFuture<Void> go = new CompletableFuture<>();
    try (RawProvider provider =
            RawProvider.saying(
                (caller, n) -> {
                  caller.readMessage();
                  go.get(20, TimeUnit.SECONDS);
                  caller.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                });
        Door door = gateway.open(Doors.to(provider).spec())) {
      List<RawPeer> agents = new java.util.ArrayList<>();
      for (int i = 0; i < 64; i++) {
        agents.add(ask(door));
      }
      while (provider.connections() < 64) {
        Thread.sleep(5);
      }
      try (RawPeer agent = ask(door)) {
        assertThat(agent.readMessage().status()).isEqualTo(503);
      }
      go.complete(null);
      for (RawPeer agent : agents) {
        assertThat(agent.readMessage().status()).isEqualTo(200);
        agent.close();
      }
    }
  }
}
