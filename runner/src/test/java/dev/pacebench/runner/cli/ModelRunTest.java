package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs with models, from lineup to record, in the local sandbox. */
@Tag("local")
class ModelRunTest {

  private static final String TASK = "lost-names";
  private static final String TIER =
      "{first_token: 20ms, tokens_per_second: 2000, tokens_per_frame: 4, skill: 1}";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  @TempDir Path folder;
  private CommandLineTester pacebench;
  private Path home;

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    pacebench = new CommandLineTester(home);
  }

  private Result run(String lineup, String... more) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "lineup-", ".yaml"), lineup);
    return pacebench.run(
        Stream.concat(
                Stream.of(
                    "run",
                    "-t",
                    "starter-terminal",
                    "-l",
                    file.toString(),
                    "--sandbox",
                    "local",
                    "--only",
                    TASK),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Trials of the newest run by contender. */
  private Map<String, JsonNode> trials() {
    Map<String, JsonNode> trials = new HashMap<>();
    pacebench
        .run("export", "latest")
        .out()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .forEach(trial -> trials.put(trial.get("contender").asString(), trial));
    return trials;
  }

  @Test
  void oneScriptedWorkCostsTheSameTokensOverEveryProtocolAndCanBePlayedBack() throws IOException {
    Result run =
        run(
            """
            providers:
              sim: {protocol: simulated}
            models:
              m: {provider: sim, id: sim-m, price: {input: 1, output: 10}, simulated: %s}
            contenders:
              - {name: sse, agent: loop, model: m}
              - {name: websocket, agent: loop, model: m, tier: {transport: websocket}}
              - {name: chat, agent: loop, model: m, tier: {protocol: openai-chat}}
              - {name: messages, agent: loop, model: m, tier: {protocol: anthropic-messages}}
            """
                .formatted(TIER),
            "-j",
            "2");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("simulated");
    Map<String, JsonNode> trials = trials();
    assertThat(trials).hasSize(4);
    for (JsonNode trial : trials.values()) {
      assertThat(trial.get("solved").asBoolean()).as("%s", trial).isTrue();
      assertThat(trial.get("simulated").asBoolean()).isTrue();
      JsonNode figures = trial.get("figures");
      for (String same : List.of("calls", "output_tokens", "calls_failed")) {
        assertThat(figures.get(same))
            .as(same)
            .isEqualTo(trials.get("sse").get("figures").get(same));
      }
      assertThat(figures.get("cost").asDouble()).isPositive();
      assertThat(figures.get("instrument_error_ms").asDouble()).isPositive();
      double named = 0;
      for (Map.Entry<String, JsonNode> state : trial.get("timeline").properties()) {
        named += state.getValue().asDouble();
      }
      assertThat(named).isCloseTo(trial.get("wall_seconds").asDouble(), Offset.offset(1e-6));
    }
    assertThat(pacebench.run("show", "latest", TASK + ".websocket").out())
        .contains("solved (simulated)", "answer_stream", "tool_exec");
    playedBack(trials);
  }

  /** Plays one contender back as it was, and asks for another conversation than was recorded. */
  private void playedBack(Map<String, JsonNode> recorded) throws IOException {
    JsonNode source = recorded.get("sse");
    run(
        """
        providers:
          again: {protocol: replay}
        models:
          m: {provider: again, id: sim-m, recording: %s}
        contenders:
          - {name: sse, agent: loop, model: m, tier: {protocol: openai-responses}}
          - {name: messages, agent: loop, model: m, tier: {protocol: openai-chat}}
        """
            .formatted(source.get("run").asString()),
        "-j",
        "2");
    Map<String, JsonNode> trials = trials();
    JsonNode played = trials.get("sse");
    assertThat(played.get("run").asString()).isNotEqualTo(source.get("run").asString());
    assertThat(played.get("solved").asBoolean()).as("%s", played).isTrue();
    assertThat(played.get("simulated").asBoolean()).isTrue();
    for (String same : List.of("calls", "input_tokens", "output_tokens")) {
      assertThat(played.get("figures").get(same))
          .as(same)
          .isEqualTo(source.get("figures").get(same));
    }
    JsonNode other = trials.get("messages");
    assertThat(other.get("outcome").asString()).isEqualToIgnoringCase("lost");
    assertThat(other.get("reason").asString()).contains("replay_mismatch", "openai-chat");
  }

  @Test
  void aMissingKeyEndsTheCommandBeforeAnyTrialAndKeysAreNeverWrittenDown() throws IOException {
    HttpServer server = repeatingKeys();
    try {
      neverWrittenDown(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private void neverWrittenDown(int port) throws IOException {
    String lineup =
        """
        providers:
          far: {protocol: openai-chat, base_url: "http://127.0.0.1:%d/v1", credential: {env: CANARY}}
        models:
          m: {provider: far, id: m}
        contenders:
          - {name: one, agent: loop, model: m}
        """
            .formatted(port);
    Result missing = run(lineup);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("CANARY", "remedy:");
    assertThat(pacebench.run("runs").out()).doesNotContain("starter-terminal");

    String canary = "canary-5f2b9c1d7e3a4b60";
    pacebench.with("CANARY", canary);
    Result refused = run(lineup, "-v");
    assertThat(trials().get("one").get("outcome").asString()).isEqualToIgnoringCase("lost");
    assertThat(seen).last().isEqualTo("Bearer " + canary);
    assertThat(refused.out() + refused.err()).doesNotContain(canary);
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, canary))).isEmpty();
    }
  }

  /** A provider that refuses a key and says which. */
  private HttpServer repeatingKeys() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("Authorization");
          seen.add(key);
          exchange.getRequestBody().readAllBytes();
          byte[] body =
              "{\"error\":{\"message\":\"wrong key: %s\"}}"
                  .formatted(key)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
