package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.home.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One that reads slowly slows the other down; nothing piles up in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackPressureTest {

  private static final int PART = 64 << 10;

  /** Far more than all socket buffers of both connections together. */
  private static final int PARTS = 3200;

  private GatewayServer gateway;

  @BeforeAll
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSlowAgentPausesTheProvider(boolean socket) throws Exception {
    AtomicLong written = new AtomicLong();
    String text = "{\"x\":\"" + "y".repeat(PART) + "\"}";
    byte[] part = (socket ? text : "data: " + text + "\n\n").getBytes();
    try (RawProvider provider =
        RawProvider.saying(
            (caller, n) -> {
              if (socket) {
                RawFrames.accept(caller);
                RawFrames.readData(caller);
              } else {
                caller.readMessage();
                caller.write(Streams.SSE);
              }
              for (int i = 0; i < PARTS; i++) {
                if (socket) {
                  caller.write(RawFrames.frame(0x81, part, false));
                } else {
                  caller.chunk(part);
                }
                written.addAndGet(part.length);
              }
              if (socket) {
                caller.write(RawFrames.text(RawFrames.COMPLETED, false));
                caller.read();
              } else {
                caller.chunk(Streams.end(Protocol.OPENAI_RESPONSES)).lastChunk();
              }
            })) {
      Doors doors = Doors.to(provider);
      // Shorter than the pause below: an agent that does not read is no silence of the provider.
      doors.idle = Duration.ofSeconds(1);
      try (Door door = gateway.open(doors.spec());
          RawPeer agent = RawPeer.narrow(door.address())) {
        if (socket) {
          agent.write(RawFrames.upgrade(door.token()));
          agent.readHead();
          agent.write(RawFrames.text(RawFrames.CREATE, true));
        } else {
          agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
          agent.readHead();
        }
        long stopped = untilStopped(written);
        assertThat(stopped).isLessThan((long) PARTS * PART / 2);
        Thread.sleep(1500);
        assertThat(written.get()).isEqualTo(stopped);
        assertThat(door.calls(false)).isEmpty();
        if (socket) {
          for (int i = 0; i < PARTS; i++) {
            assertThat(RawFrames.read(agent).payload().length).isEqualTo(part.length);
          }
          assertThat(RawFrames.read(agent).text()).isEqualTo(RawFrames.COMPLETED);
        } else {
          long all = 0;
          byte[] chunk = agent.readChunk();
          while (chunk.length > 0) {
            all += chunk.length;
            chunk = agent.readChunk();
            assertThat(chunk).as("%s after %s", door.calls(false), all).isNotNull();
          }
          assertThat(all)
              .isEqualTo(
                  (long) PARTS * part.length + Streams.end(Protocol.OPENAI_RESPONSES).length());
        }
        assertThat(Doors.call(door).answer().end()).isEqualTo(CallEnd.COMPLETED);
      }
    }
  }

  /** What was written when nothing more was for half a second. */
  private static long untilStopped(AtomicLong written) throws InterruptedException {
    long before = -1;
    long now = written.get();
    for (int i = 0; i < 60 && (now == 0 || now != before); i++) {
      before = now;
      Thread.sleep(500);
      now = written.get();
    }
    return now;
  }
}
