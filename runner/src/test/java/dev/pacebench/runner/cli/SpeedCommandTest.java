package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code speed}, from its arguments to its figures. */
@Timeout(120)
class SpeedCommandTest {

  private static final String SIMULATED =
      """
      providers:
        sim: {protocol: simulated}
      models:
        quick:
          provider: sim
          id: sim-quick
          simulated:
            {first_token: 10ms, tokens_per_second: 4000, jitter: 0.1, connect: 5ms, roundtrip: 4ms,
             skill: 0.5}
      contenders:
        - {name: over-sse, agent: loop, model: quick, tier: {transport: sse}}
        - {name: same-tier, agent: loop, model: quick, tier: {transport: sse}, limits: {steps: 9}}
        - {name: over-socket, agent: loop, model: quick, tier: {transport: websocket}}
        - {name: nothing, agent: nop}
      """;

  private static final String REAL =
      """
      providers:
        far: {protocol: openai-responses, base_url: "https://203.0.113.5/v1", credential: {env: K}}
      models:
        big: {provider: far, id: big-1, price: {input: 2, cached_input: 1, output: 10}}
      contenders:
        - {name: big-one, agent: loop, model: big}
      """;

  @TempDir Path folder;
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(folder.resolve("home"));
  }

  private String lineup(String text) throws IOException {
    return Files.writeString(folder.resolve("l.yaml"), text).toString();
  }

  @Test
  void everyTierOfALineupIsMeasuredOnce() throws IOException {
    Result result =
        pacebench.run(
            "speed",
            "-l",
            lineup(SIMULATED),
            "--rounds",
            "1",
            "--load",
            "20",
            "--seconds",
            "1",
            "--against",
            "same-tier",
            "--json");

    assertThat(result.err()).contains("round 1 of 1");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).hasSize(1);
    JsonNode document = JsonMapper.shared().readTree(result.out());
    assertThat(document.get("simulated").booleanValue()).isTrue();
    assertThat(document.get("tiers"))
        .extracting(tier -> tier.get("name").stringValue())
        .containsExactly("over-sse", "over-socket");
    assertThat(document.get("tiers"))
        .extracting(tier -> tier.get("transport").stringValue())
        .containsExactly("sse", "websocket");
    for (JsonNode tier : document.get("tiers")) {
      assertThat(tier.get("attempts").intValue()).isEqualTo(18);
      assertThat(tier.get("failures").isEmpty()).isTrue();
      assertThat(tier.get("calls")).hasSize(18);
      // A simulated tier is never faster than it says, but for its jitter.
      assertThat(tier.at("/accepted_seconds/quantiles/0/value").doubleValue())
          .isGreaterThan(0.0035);
      assertThat(tier.at("/first_token_seconds/quantiles/0/value").doubleValue())
          .isGreaterThan(0.0125);
      assertThat(tier.at("/decode_tokens_per_second/quantiles/0/value").doubleValue())
          .isBetween(1.0, 5000.0);
      assertThat(tier.at("/connect_seconds/quantiles/0/value").doubleValue()).isGreaterThan(0.004);
    }
    assertThat(document.at("/comparisons/0/against").stringValue()).isEqualTo("over-sse");
    assertThat(document.get("load")).hasSize(2);
    assertThat(document.at("/load/0/answered").intValue())
        .isEqualTo(document.at("/load/0/due").intValue())
        .isPositive();
    assertThat(document.get("instrument_error_seconds").isNumber()).isTrue();
  }

  @Test
  void thePageForPeopleSaysSimulatedInEveryTable() throws IOException {
    Result result =
        pacebench.run("speed", "-l", lineup(SIMULATED), "--rounds", "1", "--contender", "over-sse");

    assertThat(result.code()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("over-sse (simulated)")))
        .hasSize(2);
    assertThat(result.out()).doesNotContain("compared");
  }

  @Test
  void nothingIsSpentWithoutConsent() throws IOException {
    Result result = pacebench.run("speed", "-l", lineup(REAL));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("big-one: about ", " input and ", " output tokens, ", "at the lineup's prices")
        .contains("error: big-one: calls a real provider")
        .contains("add --yes");
  }

  @Test
  void aMissingKeyIsFoundBeforeAnythingIsSent() throws IOException {
    Result result = pacebench.run("speed", "-l", lineup(REAL), "--yes");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("variable K");
  }

  @Test
  void noLoadIsPutOnWhatOthersShare() throws IOException {
    Result result = pacebench.run("speed", "-l", lineup(REAL), "--yes", "--load", "5");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--load with big-one", "neither simulated nor on this machine", "remedy: ");
  }

  @Test
  void wrongNamesAndNumbersAreToldWithTheirRemedy() throws IOException {
    String file = lineup(SIMULATED);
    for (List<String> args :
        List.of(
            List.of("--contender", "over-see", "over-sse"),
            List.of("--against", "over-see", "over-sse"),
            List.of("--against", "nothing", "none of the tiers"),
            List.of("--contender", "nothing", "no model to call"),
            List.of("--rounds", "0", "1 to 100"),
            List.of("--load", "0", "more than 0"),
            List.of("--seconds", "0", "1 to 3600"),
            List.of("--arrivals", "sometimes", "--arrivals"))) {
      Result result = pacebench.run("speed", "-l", file, args.get(0), args.get(1));

      assertThat(result.code()).as(args.toString()).isEqualTo(2);
      assertThat(result.err()).as(args.toString()).contains(args.get(2), "remedy: ");
    }
  }

  @Test
  void aTierOverGeminiIsRefusedByName() throws IOException {
    String file =
        lineup(
            SIMULATED.replace(
                "agent: loop, model: quick, tier: {transport: websocket}",
                "agent: gemini-cli, model: quick, tier: {protocol: gemini}"));

    Result result = pacebench.run("speed", "-l", file);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("over-socket speaks gemini").contains("--contender NAME");
  }

  @Test
  void aLineupWithoutModelsHasNothingToMeasure() {
    Result result = pacebench.run("speed", "-l", "oracle-nop");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("has no model to call", "codex-spark");
  }
}
