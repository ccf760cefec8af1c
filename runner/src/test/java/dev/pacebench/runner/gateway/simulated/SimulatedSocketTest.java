package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.simulated.SimulatedClient.Socket;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link SimulatedServer} over WebSockets. */
class SimulatedSocketTest {

  private static final String TOOLS = "\"tools\":[" + SimulatedServerTest.RESPONSES_TOOL + "]";

  private static SimulatedServer server;

  @BeforeAll
  static void start() {
    server = SimulatedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket open(String name, Play play, String... headers) {
    return new SimulatedClient(server, server.register(name, play)).connect(headers);
  }

  private static String create(String input, String more) {
    return "{\"type\":\"response.create\",\"model\":\"m\",%s,\"input\":[%s]%s}"
        .formatted(TOOLS, input, more);
  }

  private static JsonNode completed(List<JsonNode> events) {
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("type").asString()).isEqualTo("response.completed");
    return last.path("response");
  }

  private static String continuing(JsonNode response) {
    return ",\"previous_response_id\":\"" + response.path("id").asString() + "\"";
  }

  private static final String USER =
      "{\"role\":\"user\",\"content\":\"" + "long story ".repeat(400) + "\"}";
  private static final String OUTPUT =
      "{\"type\":\"function_call_output\",\"call_id\":\"call_x\",\"output\":\"ok\"}";

  @Test
  void laterCallsSendOnlyWhatIsNew() throws Exception {
    try (Socket socket = open("increments", Plays.scripted())) {
      socket.send(create("", ",\"generate\":false"));
      JsonNode warm = completed(socket.answer());
      socket.send(create(USER, continuing(warm)));
      JsonNode first = completed(socket.answer());
      socket.send(create(OUTPUT, continuing(first)));
      JsonNode second = completed(socket.answer());
      socket.send(create(OUTPUT, continuing(second)));
      JsonNode third = completed(socket.answer());

      assertThat(warm.path("output")).isEmpty();
      assertThat(warm.path("usage").path("output_tokens").asInt()).isZero();
      assertThat(first.toString()).contains("ls -la").contains("cat a.txt");
      assertThat(second.toString()).contains("b.txt");
      assertThat(third.toString()).contains("All done.");
      int input = first.path("usage").path("input_tokens").asInt();
      JsonNode usage = second.path("usage");
      assertThat(usage.path("input_tokens").asInt()).isGreaterThan(input);
      assertThat(usage.path("input_tokens_details").path("cached_tokens").asInt())
          .isBetween(input, usage.path("input_tokens").asInt() - 1);
    }
    assertThat(server.log().await("increments", 4, Duration.ofSeconds(10))).isTrue();
    assertThat(server.log().calls("increments"))
        .hasSize(4)
        .allMatch(call -> call.transport() == Transport.WEBSOCKET && call.whole());
  }

  @Test
  void aResponseIsKnownOnItsOwnConnectionAlone() throws Exception {
    SimulatedClient client =
        new SimulatedClient(server, server.register("two-sockets", Plays.scripted()));
    try (Socket one = client.connect();
        Socket other = client.connect()) {
      one.send(create(USER, ""));
      JsonNode first = completed(one.answer());
      other.send(create(OUTPUT, continuing(first)));
      List<JsonNode> refused = other.answer();
      other.send(create(USER, ""));
      JsonNode whole = completed(other.answer());

      assertThat(refused).hasSize(1);
      assertThat(refused.get(0).path("type").asString()).isEqualTo("error");
      assertThat(refused.get(0).path("status").asInt()).isEqualTo(400);
      assertThat(refused.get(0).path("error").path("code").asString())
          .isEqualTo("previous_response_not_found");
      assertThat(whole.toString()).contains("ls -la");
    }
  }

  @Test
  void theServersOwnFiguresComeWhenTheyAreWanted() throws Exception {
    try (Socket socket =
        open("timing", Plays.scripted(), "x-responsesapi-include-timing-metrics", "true")) {
      socket.send(create(USER, ""));

      assertThat(socket.answer())
          .anyMatch(event -> event.path("timing_metrics").has("engine_service_total_ms"));
    }
  }

  @Test
  void requestsThatComeTooEarlyAreAnsweredInTheirOrder() throws Exception {
    try (Socket socket =
        open(
            "queued",
            Plays.words(Plays.tier(Duration.ofMillis(20), 1000, 1, SimulatedTier.Faults.NONE)))) {
      socket.send(create(USER, ",\"max_output_tokens\":5"));
      socket.send(create(USER, ",\"max_output_tokens\":6"));

      assertThat(completed(socket.answer()).path("usage").path("output_tokens").asInt())
          .isEqualTo(5);
      assertThat(completed(socket.answer()).path("usage").path("output_tokens").asInt())
          .isEqualTo(6);
    }
  }

  @Test
  void faultsComeAsFramesAndTheConnectionGoesOn() throws Exception {
    SimulatedTier always = Plays.tier(Duration.ZERO, 1e6, 1, new SimulatedTier.Faults(1, 0, 0, 0));
    try (Socket socket = open("limited", Plays.words(always))) {
      socket.send(create(USER, ""));
      JsonNode error = socket.answer().get(0);
      socket.send(create(USER, ""));
      JsonNode again = socket.answer().get(0);

      assertThat(error.path("status").asInt()).isEqualTo(429);
      assertThat(error.path("headers").path("retry-after").asString()).isEqualTo("1");
      assertThat(again.path("status").asInt()).isEqualTo(429);
    }
  }

  @Test
  void aCutConnectionEndsWithinTheAnswer() throws Exception {
    SimulatedTier cut = Plays.tier(Duration.ZERO, 1e6, 1, new SimulatedTier.Faults(0, 0, 0, 1));
    for (int seed = 0; seed < 6; seed++) {
      Play play = new Play(cut, java.util.Optional.empty(), seed);
      try (Socket socket = open("cut" + seed, play)) {
        socket.send(create(USER, ",\"max_output_tokens\":50"));
        int deltas = 0;
        String frame = socket.next();
        for (; frame.startsWith("{"); frame = socket.next()) {
          deltas += frame.contains("output_text.delta") ? 1 : 0;
          assertThat(frame).doesNotContain("response.completed");
        }
        assertThat(deltas).isBetween(10, 40);
        assertThat(frame).isEqualTo("close 1011");
      }
    }
  }

  @Test
  void callersThatGoAwayDoNotDisturbOthers() throws Exception {
    SimulatedTier slow = Plays.tier(Duration.ofMillis(5), 2000, 1, SimulatedTier.Faults.NONE);
    try (Socket stays = open("stays", Plays.words(slow))) {
      stays.send(create(USER, ",\"max_output_tokens\":600"));
      SimulatedClient goes =
          new SimulatedClient(server, server.register("goes", Plays.words(slow)));
      for (int i = 0; i < 20; i++) {
        try (Socket socket = goes.connect()) {
          socket.send(create(USER, ",\"max_output_tokens\":600"));
          socket.send(create(USER, ""));
          Thread.sleep(i);
        }
      }

      assertThat(completed(stays.answer()).path("usage").path("output_tokens").asInt())
          .isEqualTo(600);
    }
  }

  @Test
  void nonsenseIsAnsweredWithAnError() throws Exception {
    try (Socket socket = open("nonsense", Plays.scripted())) {
      socket.send("hello");

      assertThat(socket.answer().get(0).path("status").asInt()).isEqualTo(400);
    }
  }
}
