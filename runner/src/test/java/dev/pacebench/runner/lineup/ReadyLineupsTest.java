package dev.pacebench.runner.lineup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.lineup.Credential.Source;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lineup that Pacebench ships can be read, and says what it promises. */
class ReadyLineupsTest {

  private static final Map<String, KnownAgent> AGENTS =
      Map.of(
          "oracle", new KnownAgent("1", false),
          "nop", new KnownAgent("1", false),
          "loop", new KnownAgent("1", true),
          "gemini-cli", new KnownAgent("1", true));

  private static final Lineups READY = new Lineups(Path.of("lineups"));

  @Test
  void coversProvidersAndServersOfOnesOwn() {
    assertThat(READY.names())
        .contains(
            "oracle-nop",
            "codex-spark",
            "openai",
            "anthropic",
            "google",
            "cerebras",
            "openai-compatible");
  }

  @ParameterizedTest
  @MethodSource("names")
  void takesKeysFromTheEnvironmentAlone(String name) {
    for (ServedModel model : read(name).models().values()) {
      assertThat(model.provider().credential().map(Credential::source).orElse(Source.ENV))
          .isEqualTo(Source.ENV);
      assertThat(model.provider().secretHeaders()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasContendersThatAllDiffer(String name) {
    Lineup lineup = read(name);
    Set<Object> seen = new HashSet<>();
    for (Contender contender : lineup.contenders()) {
      assertThat(seen.add(contender.digest())).as(contender.name()).isTrue();
    }
  }

  @Test
  void coversEffortsServiceTiersAndTransports() {
    assertThat(tiers("openai"))
        .extracting(tier -> tier.effort().orElse(""))
        .contains("low", "medium", "high", "xhigh");
    assertThat(tiers("openai"))
        .extracting(tier -> tier.serviceTier().orElse(""))
        .contains("", "priority", "flex");
    assertThat(tiers("openai")).extracting(ServingTier::transport).contains("sse", "websocket");
    assertThat(tiers("anthropic"))
        .extracting(tier -> tier.speed().orElse(""))
        .containsExactly("", "fast");
  }

  @Test
  void marksEveryNameOfTheSimulatedOne() {
    Lineup lineup = read("codex-spark");

    assertThat(lineup.contenders())
        .allSatisfy(
            contender -> {
              assertThat(contender.simulated()).isTrue();
              assertThat(contender.name()).startsWith("sim-");
            });
    assertThat(lineup.models().values())
        .allSatisfy(model -> assertThat(model.id()).startsWith("sim-"));
  }

  @Test
  void keepsTheProportionsOfThePublicFigures() {
    Map<String, ServedModel> models = read("codex-spark").models();
    SimulatedTier spark = models.get("sim-spark").tier().orElseThrow();
    SimulatedTier flagship = models.get("sim-flagship").tier().orElseThrow();
    SimulatedTier small = models.get("sim-small").tier().orElseThrow();

    assertThat(spark.tokensPerSecond()).isGreaterThan(1000);
    assertThat(flagship.tokensPerSecond()).isEqualTo(65);
    assertThat(small.tokensPerSecond()).isBetween(65.0, spark.tokensPerSecond());
    assertThat((double) spark.firstToken().toNanos() / flagship.firstToken().toNanos())
        .isCloseTo(0.5, within(1e-9));
    assertThat((double) spark.roundtrip().toNanos() / flagship.roundtrip().toNanos())
        .isCloseTo(0.2, within(1e-9));
    assertThat(List.of(spark.skill(), flagship.skill(), small.skill()))
        .containsExactly(0.584, 0.773, 0.461);
    assertThat(tiers("codex-spark"))
        .extracting(ServingTier::transport)
        .containsExactly("websocket", "sse", "sse");
  }

  private static List<String> names() {
    return READY.names();
  }

  private static List<ServingTier> tiers(String name) {
    Lineup lineup = read(name);
    return lineup.contenders().stream()
        .map(each -> ServingTier.of(each, lineup.models().get(each.model().orElseThrow())))
        .toList();
  }

  private static Lineup read(String name) {
    return LineupFile.read(READY.resolve(name), AGENTS);
  }
}
