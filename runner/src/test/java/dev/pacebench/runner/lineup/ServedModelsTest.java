package dev.pacebench.runner.lineup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Credential.Scheme;
import dev.pacebench.runner.lineup.Credential.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for providers, models, tiers and limits of a lineup. */
class ServedModelsTest {

  static final String RICH =
      """
      providers:
        lab:
          protocol: openai-responses
          base_url: https://lab.example/v1
          credential: {file: login.json, field: tokens.access_token, scheme: bearer}
          headers:
            Originator: pacebench
            x-number: 7
            account-id: {file: login.json, field: tokens.account_id}
            x-lab-key: {command: [print-key, --quiet]}
        messages:
          protocol: anthropic-messages
          base_url: http://127.0.0.1:9/x
          credential: {command: print-key two words}
        sim: {protocol: simulated}
        old: {protocol: replay}
      models:
        big: {provider: lab, id: big-1, price: {input: 1.5, cached_input: 0.1, cache_write: 2, output: 6}}
        other: {provider: messages, id: other-1, price: {input: 2, output: 3}}
        fake:
          provider: sim
          id: sim-1
          simulated:
            first_token: 400ms
            tokens_per_second: 65
            tokens_per_frame: 3
            jitter: 0.1
            connect: 0
            roundtrip: 12.5ms
            prefill_tokens_per_second: 5000
            skill: 0.75
            faults: {rate_limited: 0.1, server_error: 0.2, overloaded: 0.3, cut: 0.4}
        again: {provider: old, id: big-1, recording: run-7}
      contenders:
        - name: big
          agent: solo
          model: big
          tier: {transport: websocket, service_tier: priority, effort: high, max_output_tokens: 4000}
          limits:
            time: 10m
            steps: 40
            tokens: 2000000
            cost: 1.25
            requests_in_flight: 2
            requests_per_minute: 60
            tokens_per_minute: 100000
        - {name: other, agent: solo, model: other, tier: {speed: fast}}
        - {name: fake, agent: solo, model: fake, tier: {protocol: openai-chat}}
        - {name: again, agent: solo, model: again}
      """;

  @TempDir Path folder;

  @Test
  void keepsProvidersWithTheirSecretsPlaces() throws IOException {
    Provider lab = read(RICH).models().get("big").provider();

    assertThat(lab.credential())
        .contains(
            new Credential(
                Source.FILE,
                java.util.List.of(folder.resolve("login.json").toString()),
                Optional.of("tokens.access_token"),
                Optional.of(Scheme.BEARER)));
    assertThat(lab.headers())
        .containsOnly(entry("originator", "pacebench"), entry("x-number", "7"));
    assertThat(lab.secretHeaders()).containsOnlyKeys("account-id", "x-lab-key");
    assertThat(read(RICH).models().get("other").provider().credential().orElseThrow().value())
        .containsExactly("print-key", "two", "words");
  }

  @Test
  void keepsModelsWithPriceTierAndRecording() throws IOException {
    var models = read(RICH).models();

    assertThat(models).containsOnlyKeys("big", "other", "fake", "again");
    assertThat(models.get("big").price()).contains(new Price(1.5, 0.1, 2, 6));
    assertThat(models.get("other").price())
        .as("cached input counts in full without a price of its own")
        .contains(new Price(2, 2, 2, 3));
    assertThat(models.get("fake").tier())
        .contains(
            new SimulatedTier(
                Duration.ofMillis(400),
                65,
                3,
                0.1,
                Duration.ZERO,
                Duration.ofNanos(12_500_000),
                5000,
                0.75,
                new SimulatedTier.Faults(0.1, 0.2, 0.3, 0.4)));
    assertThat(models.get("again").recording()).contains("run-7");
  }

  @Test
  void keepsLimits() throws IOException {
    ContenderLimits limits = read(RICH).contenders().get(0).limits();

    assertThat(limits.steps()).contains(40);
    assertThat(limits.tokens()).contains(2_000_000L);
    assertThat(limits.cost()).contains(1.25);
    assertThat(limits.rates().inFlight()).contains(2);
    assertThat(limits.rates().requestsPerMinute()).contains(60);
    assertThat(limits.rates().tokensPerMinute()).contains(100_000L);
  }

  @Test
  void fillsInWhatATierLeavesOpen() throws IOException {
    Lineup lineup = read(RICH);

    assertThat(tier(lineup, 0))
        .isEqualTo(
            new ServingTier(
                "openai-responses",
                "websocket",
                Optional.of("priority"),
                Optional.empty(),
                Optional.of("high"),
                Optional.of(4000)));
    assertThat(tier(lineup, 1).protocol()).isEqualTo("anthropic-messages");
    assertThat(tier(lineup, 1).transport()).isEqualTo("sse");
    assertThat(tier(lineup, 2).protocol()).isEqualTo("openai-chat");
    assertThat(tier(lineup, 3).protocol()).isEqualTo("openai-responses");
  }

  @Test
  void marksWhatNoServerAnswered() throws IOException {
    assertThat(read(RICH).contenders())
        .extracting(Contender::simulated)
        .containsExactly(false, false, true, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: big\n|name: renamed\n",
        "file: login.json, field: tokens.access_token|env: LAB_KEY",
        "Originator: pacebench|Originator: other",
        "requests_in_flight: 2|requests_in_flight: 3",
        "tokens_per_minute: 100000|tokens_per_minute: 200000",
      })
  void digestIgnoresWhatChangesNoBehaviour(String change) throws IOException {
    assertThat(digest(changed(change), 0)).isEqualTo(digest(RICH, 0));
  }

  @Test
  void digestHeedsThePriceOnlyWithALimitOfMoney() throws IOException {
    assertThat(digest(changed("cached_input: 0.1|cached_input: 0.2"), 0))
        .isNotEqualTo(digest(RICH, 0));
    assertThat(digest(changed("price: {input: 2|price: {input: 4"), 1)).isEqualTo(digest(RICH, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0|transport: websocket|transport: sse",
        "0|effort: high|effort: low",
        "0|max_output_tokens: 4000|max_output_tokens: 4001",
        "0|steps: 40|steps: 41",
        "0|tokens: 2000000|tokens: 2000001",
        "0|cost: 1.25|cost: 1.26",
        "1|speed: fast|speed: standard",
        "2|protocol: openai-chat}|protocol: openai-responses}",
        "2|first_token: 400ms|first_token: 401ms",
        "2|tokens_per_second: 65|tokens_per_second: 66",
        "2|tokens_per_frame: 3|tokens_per_frame: 4",
        "2|jitter: 0.1|jitter: 0.2",
        "2|connect: 0|connect: 1ms",
        "2|roundtrip: 12.5ms|roundtrip: 12.6ms",
        "2|prefill_tokens_per_second: 5000|prefill_tokens_per_second: 5001",
        "2|skill: 0.75|skill: 0.76",
        "2|rate_limited: 0.1|rate_limited: 0",
        "2|server_error: 0.2|server_error: 0",
        "2|overloaded: 0.3|overloaded: 0",
        "2|cut: 0.4|cut: 0",
        "3|recording: run-7|recording: run-8",
      })
  void digestNoticesWhatChangesBehaviour(String change) throws IOException {
    int row = Integer.parseInt(change.substring(0, 1));

    assertThat(digest(changed(change.substring(2)), row)).isNotEqualTo(digest(RICH, row));
  }

  @Test
  void digestTakesTheDefaultForWhatIsLeftOut() throws IOException {
    String explicit = RICH.replace("model: again}", "model: again, tier: {transport: sse}}");

    assertThat(digest(explicit, 3)).isEqualTo(digest(RICH, 3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"badShapes", "badReferences"})
  void refusesWithPlaceAndRemedy(String name, String text, String where, String remedy) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.getMessage()).contains(where);
              assertThat(e.getMessage() + "\n" + e.remedy()).contains(remedy);
            });
  }

  /** Bad files that the published schema refuses as well. */
  static Stream<Arguments> badShapes() {
    return Stream.of(
        bad("a header of no known form", "x-number: 7", "x-number: [7]", 8, "mapping"),
        bad("a header with an unknown source", "x-number: 7", "x-number: {envv: A}", 8, "`env`"),
        bad(
            "a header with a scheme",
            "x-number: 7",
            "x-number: {env: A, scheme: bearer}",
            8,
            "one of"),
        bad(
            "a key as a variable's name",
            "file: login.json, field",
            "env: sk-1-2, field",
            5,
            "OPENAI_API_KEY"),
        bad("a field that is no path", "field: tokens.access_token", "field: 'a b'", 5, "dots"),
        bad("an unknown scheme", "scheme: bearer", "scheme: basic", 5, "bearer or api-key"),
        bad("no source", "file: login.json, field: tokens.access_token, ", "", 5, "exactly one"),
        bad("an empty command", "[print-key, --quiet]", "[]", 10, "PROGRAM"),
        bad(
            "an address with a query",
            "https://lab.example/v1",
            "https://lab.example/v1?k=1",
            4,
            "https://"),
        bad(
            "an address without a server",
            "{protocol: simulated}",
            "{protocol: simulated, base_url: 'http://a/'}",
            15,
            "remove it"),
        bad(
            "headers without a server",
            "{protocol: replay}",
            "{protocol: replay, headers: {a: b}}",
            16,
            "remove it"),
        bad(
            "a price without output",
            "price: {input: 2, output: 3}",
            "price: {input: 2}",
            19,
            "add `output"),
        bad("a price for one token", "price: {input: 2,", "price: {input: 2e6,", 19, "100000"),
        bad("no first token", "first_token: 400ms\n", "\n", 25, "add `first_token"),
        bad("a word for a span", "first_token: 400ms", "first_token: soon", 24, "such as 90s"),
        bad("a pace of nothing", "tokens_per_second: 65", "tokens_per_second: 0", 25, "from 0.1"),
        bad(
            "a pace that is not finite",
            "tokens_per_second: 65",
            "tokens_per_second: .inf",
            25,
            "from 0.1"),
        bad("half a token in a frame", "tokens_per_frame: 3", "tokens_per_frame: 0.5", 26, "whole"),
        bad("a jitter above one", "jitter: 0.1", "jitter: 1.1", 27, "from 0 to 1"),
        bad("a negative wait", "roundtrip: 12.5ms", "roundtrip: -1ms", 29, "write seconds"),
        bad("a skill as text", "skill: 0.75", "skill: high", 31, "from 0 to 1"),
        bad("a share above one", "cut: 0.4", "cut: 4", 32, "from 0 to 1"),
        bad("an unknown fault", "cut: 0.4", "cutt: 0.4", 32, "did you mean `cut`?"),
        bad(
            "an unknown key of a tier",
            "effort: high",
            "efort: high",
            38,
            "did you mean `effort`?"),
        bad(
            "an unknown transport",
            "transport: websocket",
            "transport: websockets",
            38,
            "did you mean `websocket`?"),
        bad(
            "an unknown protocol",
            "protocol: openai-chat}",
            "protocol: openai-cat}",
            48,
            "`openai-chat`"),
        bad("a tier of two words", "priority", "'very fast'", 38, "one word"),
        bad("no output", "max_output_tokens: 4000", "max_output_tokens: 0", 38, "from 1"),
        bad("no steps", "steps: 40", "steps: 0", 41, "from 1"),
        bad("tokens as text", "tokens: 2000000", "tokens: many", 42, "whole number"),
        bad("negative money", "cost: 1.25", "cost: -1", 43, "from 0.0001"),
        bad("endless money", "cost: 1.25", "cost: 1e9", 43, "100000"),
        bad("no request", "requests_in_flight: 2", "requests_in_flight: 0", 44, "from 1"),
        bad(
            "part of a request",
            "requests_per_minute: 60",
            "requests_per_minute: 0.5",
            45,
            "whole"));
  }

  /** Bad files that only a reader can tell. */
  static Stream<Arguments> badReferences() {
    return Stream.of(
        bad(
            "no tier for a simulated model",
            "provider: lab, id: big-1, price",
            "provider: sim, id: big-1, price",
            18,
            "add `simulated"),
        bad("a tier for a server's model", "provider: sim\n", "provider: lab\n", 23, "remove it"),
        bad("no skill", "skill: 0.75\n", "\n", 24, "skill"),
        bad("no recording", ", recording: run-7", "", 33, "add `recording"),
        bad(
            "a recording for a server",
            "id: other-1,",
            "id: other-1, recording: x,",
            19,
            "protocol: replay"),
        bad("faults above one", "cut: 0.4", "cut: 0.5", 32, "lower them"),
        bad(
            "another protocol than the server's",
            "{speed: fast}",
            "{protocol: openai-chat}",
            47,
            "speaks anthropic-messages"),
        bad(
            "a WebSocket without one",
            "{speed: fast}",
            "{transport: websocket}",
            47,
            "transport: sse"),
        bad("speed for another protocol", "effort: high", "speed: fast", 38, "service_tier"),
        bad(
            "money without a price",
            ", price: {input: 1.5, cached_input: 0.1, cache_write: 2, output: 6}",
            "",
            43,
            "add `price"),
        bad("a tier without a model", "agent: solo, model: other", "agent: nop", 47, "remove it"),
        bad(
            "steps without a model",
            "agent: solo, model: other, tier: {speed: fast}",
            "agent: nop, limits: {steps: 3}",
            47,
            "no use"),
        bad(
            "a header of the gateway's",
            "Originator: pacebench",
            "Host: pacebench",
            7,
            "gateway itself"),
        bad("a header twice", "x-number: 7", "ORIGINATOR: 7", 8, "twice"),
        bad("a header's name with a blank", "x-number: 7", "'x number': 7", 8, "letters"),
        bad(
            "a header over two lines",
            "Originator: pacebench",
            "Originator: \"a\\nb\"",
            7,
            "one line"),
        bad(
            "a file's path with a zero",
            "{file: login.json, field: tokens.account_id}",
            "{file: \"a\\0b\"}",
            9,
            "path"),
        bad("a quote in a command", "print-key two words", "print-key 'two words'", 14, "PROGRAM"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer canary-0123456789",
        "Originator: Bearer canary-0123456789",
        "Originator: sk-canary-0123456789",
        "x-api-key: canary-0123456789",
        "Cookie: canary-0123456789",
        "chatgpt-access-token: canary-0123456789",
        "Originator: canary-0123456789ABCDEFGHIJKLMNOPQ",
      })
  void refusesKeysInPlainWithoutRepeatingThem(String header) {
    assertThatThrownBy(() -> read(RICH.replace("Originator: pacebench", header)))
        .isInstanceOfSatisfying(
            UserError.class,
            e ->
                assertThat(e.getMessage() + e.remedy())
                    .contains("lineup.yaml:7", "{env: NAME}")
                    .doesNotContain("canary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{env: sk-canary}",
        "{env: [sk-canary]}",
        "{file: [sk-canary]}",
        "{field: 'sk canary'}",
        "{env: A, scheme: sk-canary}",
        "{env: A, field: 'sk-canary b'}",
        "{command: ['sk-canary', '']}",
        "{command: [sk-canary, [x]]}",
        "sk-canary",
        "[sk-canary]",
      })
  void neverRepeatsAKeyThatStandsInAWrongPlace(String credential) {
    String text =
        RICH.replace("{file: login.json, field: tokens.access_token, scheme: bearer}", credential);

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.getMessage() + e.remedy()).doesNotContain("canary"));
  }

  @Test
  void neverRepeatsAKeyInAnAddress() {
    String text = RICH.replace("https://lab.example/v1", "https://user:canary@lab.example/v1");

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.getMessage() + e.remedy()).doesNotContain("canary"));
  }

  @Test
  void printsNoArgumentOfAProgram() throws IOException {
    String text = RICH.replace("[print-key, --quiet]", "[print-key, canary]");

    assertThat(read(text).toString()).contains("program print-key").doesNotContain("canary");
  }

  private static Arguments bad(String name, String from, String to, int line, String remedy) {
    assertThat(RICH).contains(from);
    return arguments(name, RICH.replace(from, to), "lineup.yaml:" + line, remedy);
  }

  private static String changed(String change) {
    String[] parts = change.split("\\|");
    assertThat(RICH).contains(parts[0]);
    return RICH.replace(parts[0], parts[1]);
  }

  private static ServingTier tier(Lineup lineup, int row) {
    Contender contender = lineup.contenders().get(row);
    return ServingTier.of(contender, lineup.models().get(contender.model().orElseThrow()));
  }

  private String digest(String text, int row) throws IOException {
    return read(text).contenders().get(row).digest();
  }

  private Lineup read(String text) throws IOException {
    return LineupFile.read(
        Files.writeString(folder.resolve("lineup.yaml"), text), LineupFileTest.AGENTS);
  }
}
