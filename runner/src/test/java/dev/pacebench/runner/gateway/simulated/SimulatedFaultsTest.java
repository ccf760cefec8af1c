package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.gateway.simulated.SimulatedClient.Reply;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Made-up faults, equal seeds, and readers that are slow or gone. */
class SimulatedFaultsTest {

  private static final String ASK =
      "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\",\"messages\":[],\"max_tokens\":50}";

  private static SimulatedServer server;

  @BeforeAll
  static void start() {
    server = SimulatedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply ask(String name, String path, SimulatedTier.Faults faults) throws Exception {
    Play play = Plays.words(Plays.tier(Duration.ZERO, 1e6, 1, faults));
    return new SimulatedClient(server, server.register(name + path, play)).post(path, ASK);
  }

  @Test
  void tooManyRequestsSayWhenToComeBack() throws Exception {
    SimulatedTier.Faults limited = new SimulatedTier.Faults(1, 0, 0, 0);
    for (String path : new String[] {"/responses", "/chat/completions", "/messages"}) {
      Reply reply = ask("429", path, limited);

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers().firstValue("retry-after")).contains("1");
      assertThat(reply.json().path("error").path("message").asString()).contains("Rate limit");
    }
  }

  @Test
  void errorsAndOverloadHaveEachProtocolsOwnStatusAndWords() throws Exception {
    SimulatedTier.Faults errors = new SimulatedTier.Faults(0, 1, 0, 0);
    SimulatedTier.Faults overloaded = new SimulatedTier.Faults(0, 0, 1, 0);

    assertThat(ask("500", "/responses", errors).status()).isEqualTo(500);
    assertThat(ask("500", "/messages", errors).body()).contains("\"api_error\"");
    assertThat(ask("over", "/responses", overloaded).json().path("error").path("code").asString())
        .isEqualTo("server_is_overloaded");
    assertThat(ask("over", "/chat/completions", overloaded).status()).isEqualTo(503);
    Reply anthropic = ask("over", "/messages", overloaded);
    assertThat(anthropic.status()).isEqualTo(529);
    assertThat(anthropic.json().path("error").path("type").asString())
        .isEqualTo("overloaded_error");
  }

  @Test
  void aCutStreamBreaksOffWithoutItsEnd() throws Exception {
    for (String path : new String[] {"/responses", "/chat/completions", "/messages"}) {
      Reply reply = ask("cut", path, new SimulatedTier.Faults(0, 0, 0, 1));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.whole()).isFalse();
      assertThat(reply.events()).hasSizeBetween(10, 50);
      assertThat(server.log().await("cut" + path, 1, Duration.ofSeconds(10))).isTrue();
      assertThat(server.log().calls("cut" + path)).singleElement().matches(call -> !call.whole());
    }
  }

  @Test
  void faultsComeAsOftenAsTheTierSays() {
    SimulatedTier.Faults faults = new SimulatedTier.Faults(0.1, 0.05, 0.2, 0.02);
    int[] counts = new int[5];
    int calls = 20_000;
    for (int seed = 0; seed < calls; seed++) {
      Optional<Fault> fault = Fault.draw(faults, new Draws(seed));
      counts[fault.map(Fault::ordinal).orElse(4)]++;
    }

    assertThat(counts[0] / (double) calls).isCloseTo(0.1, within(0.01));
    assertThat(counts[1] / (double) calls).isCloseTo(0.05, within(0.01));
    assertThat(counts[2] / (double) calls).isCloseTo(0.2, within(0.01));
    assertThat(counts[3] / (double) calls).isCloseTo(0.02, within(0.005));
  }

  @Test
  void aRepeatedCallIsDrawnAnew() throws Exception {
    SimulatedTier half = Plays.tier(Duration.ZERO, 1e6, 1, new SimulatedTier.Faults(0, 0.5, 0, 0));
    SimulatedClient client =
        new SimulatedClient(server, server.register("again", Plays.words(half)));
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      failed += client.post("/responses", ASK).status() == 500 ? 1 : 0;
    }

    assertThat(failed).isBetween(8, 32);
  }

  @Test
  void equalSeedsGiveEqualBytesAndEqualSchedules() throws Exception {
    SimulatedTier tier =
        new SimulatedTier(
            Duration.ofMillis(3),
            5000,
            2,
            0.5,
            Duration.ZERO,
            Duration.ofMillis(1),
            0,
            1,
            new SimulatedTier.Faults(0.2, 0.2, 0, 0.2));
    for (String path : new String[] {"/responses", "/chat/completions", "/messages"}) {
      String one = bytes("one", path, tier, 5);
      String same = bytes("same", path, tier, 5);
      String other = bytes("other", path, tier, 6);

      assertThat(same).isEqualTo(one);
      assertThat(other).isNotEqualTo(one);
    }
  }

  private static String bytes(String name, String path, SimulatedTier tier, long seed)
      throws Exception {
    Play play = new Play(tier, Optional.of(Plays.WORK), seed);
    SimulatedClient client = new SimulatedClient(server, server.register(name + path, play));
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      Reply reply = client.post(path, ASK);
      all.append(reply.status()).append(reply.whole()).append(reply.body()).append('\n');
    }
    assertThat(server.log().await(name + path, 6, Duration.ofSeconds(10))).isTrue();
    for (SentCall call : server.log().calls(name + path)) {
      for (long due : call.due()) {
        all.append(due - call.read()).append(' ');
      }
    }
    return all.toString();
  }

  @Test
  void aReaderThatStopsIsWaitedForAndLosesNothing() throws Exception {
    // More than the kernel holds for a connection.
    int tokens = 200_000;
    String secret =
        server.register(
            "slow", Plays.words(Plays.tier(Duration.ZERO, 1e9, 1, SimulatedTier.Faults.NONE)));
    String body = "{\"model\":\"m\",\"stream\":true,\"messages\":[],\"max_tokens\":" + tokens + "}";
    try (Socket socket = new Socket("127.0.0.1", server.baseUrl().getPort())) {
      socket.setSoTimeout(20_000);
      send(socket, secret, body);
      Thread.sleep(300);
      assertThat(server.log().calls("slow")).isEmpty();

      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      byte[] buffer = new byte[1 << 16];
      while (text.indexOf("[DONE]", Math.max(0, text.length() - 64)) < 0) {
        int read = in.read(buffer);
        assertThat(read).isPositive();
        text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      int frames = text.toString().split("\"content\":\"[a-z]").length - 1;
      assertThat(frames).isEqualTo(tokens);
    }
  }

  @Test
  void anAnswerWhoseReaderIsGoneEnds() throws Exception {
    SimulatedTier slow = Plays.tier(Duration.ZERO, 100, 1, SimulatedTier.Faults.NONE);
    String secret = server.register("gone", Plays.words(slow));
    try (Socket socket = new Socket("127.0.0.1", server.baseUrl().getPort())) {
      send(
          socket,
          secret,
          "{\"model\":\"m\",\"stream\":true,\"messages\":[],\"max_tokens\":100000}");
      assertThat(socket.getInputStream().read()).isPositive();
    }
    assertThat(server.log().await("gone", 1, Duration.ofSeconds(10))).isTrue();
    assertThat(server.log().calls("gone")).singleElement().matches(call -> !call.whole());
  }

  private static void send(Socket socket, String secret, String body) throws Exception {
    String request =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(secret, body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }
}
