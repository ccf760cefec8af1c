package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.ContenderLimiter;
import dev.pacebench.runner.gateway.policy.FixedKey;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.PriceBudget;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.TierRewriter;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trial's calls recorded through the gateway, and played through it without their model. */
@Timeout(120)
class ReplayThroughGatewayTest {

  private static final SimulatedTier TIER =
      new SimulatedTier(
          Duration.ofMillis(80),
          400,
          2,
          0.1,
          Duration.ZERO,
          Duration.ofMillis(5),
          0,
          0.5,
          SimulatedTier.Faults.NONE);

  @TempDir Path folder;
  private GatewayServer gateway;
  private SimulatedServer simulated;
  private ReplayServer replay;

  @BeforeEach
  void start() {
    gateway = GatewayServer.start(Ticker.SYSTEM);
    simulated = SimulatedServer.start();
    replay = ReplayServer.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    simulated.close();
    replay.close();
  }

  private Door open(URI base, String key, CallListener listener) {
    ServingTier tier =
        new ServingTier(
            Protocol.OPENAI_RESPONSES.word(),
            "sse",
            Optional.of("priority"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return gateway.open(
        new DoorSpec(
            "t",
            new Upstream(
                Set.of(Protocol.values()),
                base,
                Map.of(),
                new FixedKey(new Key(key)),
                new TierRewriter("sim-m", tier),
                RetryRule.NEVER,
                Duration.ZERO,
                Duration.ofSeconds(20)),
            new ContenderLimiter(ContenderLimits.CallRates.NONE),
            new PriceBudget(ContenderLimits.none(), Optional.empty()),
            Optional.empty(),
            listener));
  }

  private static String request(Protocol protocol, int turn, int tokens, boolean stream) {
    String said = "turn " + turn + " on 2026-11-21";
    String message = "[{\"role\":\"user\",\"content\":\"" + said + "\"}]";
    return switch (protocol) {
      case OPENAI_RESPONSES ->
          "{\"model\":\"m\",\"stream\":%b,\"max_output_tokens\":%d,\"input\":%s}"
              .formatted(stream, tokens, message);
      case OPENAI_CHAT, ANTHROPIC_MESSAGES ->
          "{\"model\":\"m\",\"stream\":%b,\"max_tokens\":%d,\"messages\":%s}"
              .formatted(stream, tokens, message);
      case GEMINI ->
          "{\"stream\":%b,\"generationConfig\":{\"maxOutputTokens\":%d},\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}]}"
              .formatted(stream, tokens, said);
    };
  }

  private Recording recorded(Protocol protocol, boolean stream, List<String> answers)
      throws IOException, InterruptedException {
    Recorder recorder =
        Recorder.start(
            folder, "t", System.nanoTime(), true, RecordLimits.DEFAULT, UnaryOperator.identity());
    String key = simulated.register("t", new Play(TIER, Optional.empty(), 3));
    try (recorder;
        Door door = open(simulated.baseUrl(), key, recorder)) {
      Peer peer = new Peer(door.address(), door.token());
      for (int turn = 1; turn <= 2; turn++) {
        answers.add(text(peer, protocol, request(protocol, turn, 20, stream)));
      }
    }
    return Recording.read(folder);
  }

  private static String text(Peer peer, Protocol protocol, String body)
      throws IOException, InterruptedException {
    return new String(peer.post(protocol, body).body(), StandardCharsets.UTF_8);
  }

  /** Records, which are complete a moment after their answers. */
  private static List<CallRecord> calls(Door door, int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (door.calls(false).size() < count && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    return door.calls(false);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_RESPONSES, true",
    "OPENAI_CHAT, true",
    "ANTHROPIC_MESSAGES, true",
    "OPENAI_CHAT, false",
    "GEMINI, true",
    "GEMINI, false"
  })
  void theAgentGetsTheSameBytesAndTheRecordSaysTheSame(Protocol protocol, boolean stream)
      throws Exception {
    List<String> answers = new ArrayList<>();
    Recording recording = recorded(protocol, stream, answers);
    String key = replay.register("t", recording, Pace.ORIGINAL);
    List<String> again = new ArrayList<>();
    List<CallRecord> calls;

    try (Door door = open(replay.baseUrl(), key, CallListener.NONE)) {
      Peer peer = new Peer(door.address(), door.token());
      for (int turn = 1; turn <= 2; turn++) {
        String request = request(protocol, turn, 20, stream).replace("11-21", "12-01");
        again.add(text(peer, protocol, request));
      }
      calls = calls(door, 2);
    }

    assertThat(again).isEqualTo(answers);
    assertThat(replay.left("t")).isZero();
    List<CallRecord> before = CallFiles.read(folder);
    assertThat(calls).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(calls.get(i).answer().usage()).isNotNull();
      assertThat(calls.get(i).answer())
          .usingRecursiveComparison()
          .isEqualTo(before.get(i).answer());
      assertThat(calls.get(i).bytesDown()).isEqualTo(before.get(i).bytesDown());
    }
  }

  /** Two turns on one WebSocket, the second going on from the first; ends of frames are kept. */
  private static List<String> talk(Door door) throws InterruptedException {
    List<String> frames = new ArrayList<>();
    Peer.Talk talk = new Peer(door.address(), door.token()).open();
    String id = "";
    for (int turn = 1; turn <= 2; turn++) {
      String request =
          request(Protocol.OPENAI_RESPONSES, turn, 20, true)
              .replaceFirst("\\{", "{\"type\":\"response.create\",");
      talk.send(
          id.isEmpty()
              ? request
              : request.replaceFirst("\\{", "{\"previous_response_id\":\"" + id + "\","));
      for (String frame = ""; !frame.contains("\"response.completed\""); ) {
        frame = talk.next();
        frames.add(frame);
      }
      String last = frames.get(frames.size() - 1);
      id = CallJson.MAPPER.readTree(last).path("response").path("id").stringValue();
    }
    talk.end();
    return frames;
  }

  @Test
  void turnsOnAWebSocketAreTheSameFrames() throws Exception {
    String live = simulated.register("t", new Play(TIER, Optional.empty(), 3));
    List<String> frames;
    Recorder recorder =
        Recorder.start(
            folder, "t", System.nanoTime(), true, RecordLimits.DEFAULT, UnaryOperator.identity());
    try (recorder;
        Door door = open(simulated.baseUrl(), live, recorder)) {
      frames = talk(door);
    }
    Recording recording = Recording.read(folder);
    String key = replay.register("t", recording, Pace.AT_ONCE);

    List<String> again;
    List<CallRecord> calls;
    try (Door door = open(replay.baseUrl(), key, CallListener.NONE)) {
      again = talk(door);
      calls = calls(door, 2);
    }

    assertThat(again).isEqualTo(frames);
    assertThat(recording.size()).isEqualTo(2);
    assertThat(replay.left("t")).isZero();
    assertThat(calls)
        .extracting(call -> call.answer().usage())
        .doesNotContainNull()
        .isEqualTo(CallFiles.read(folder).stream().map(call -> call.answer().usage()).toList());
  }

  @Test
  void aMismatchIsInTheRecord() throws Exception {
    Recording recording = recorded(Protocol.OPENAI_RESPONSES, true, new ArrayList<>());
    String key = replay.register("t", recording, Pace.AT_ONCE);

    try (Door door = open(replay.baseUrl(), key, CallListener.NONE)) {
      Peer peer = new Peer(door.address(), door.token());
      text(peer, Protocol.OPENAI_RESPONSES, request(Protocol.OPENAI_RESPONSES, 7, 20, true));

      CallRecord call = calls(door, 1).get(0);
      assertThat(call.answer().end()).isEqualTo(CallEnd.REFUSED);
      assertThat(call.answer().errorCode()).isEqualTo("replay_mismatch");
      assertThat(call.answer().message())
          .contains("at /input/0/content: recorded \"turn 1 on", "now \"turn 7 on");
    }
  }
}
