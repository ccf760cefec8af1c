package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is estimated of another tier against what a run under that tier measures. */
@Tag("local")
@Tag("slow")
class WhatIfRerunTest {

  private static final List<String> TASKS = List.of("lost-names", "sort-inbox", "ledger-report");

  private record Change(String contender, String tier) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("slower", "ttft=500ms,tps=100,roundtrip=80ms,connect=100ms"),
          new Change("faster", "ttft=150ms,tps=600,roundtrip=10ms,connect=100ms"),
          new Change(
              "socket", "ttft=150ms,tps=400,roundtrip=10ms,connect=100ms,transport=websocket"));

  private static final String TIER =
      "{first_token: %s, tokens_per_second: %s, roundtrip: %s, connect: 100ms, skill: 1}";

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m-base: {provider: sim, id: m, simulated: %s}
        m-slower: {provider: sim, id: m, simulated: %s}
        m-faster: {provider: sim, id: m, simulated: %s}
        m-socket: {provider: sim, id: m, simulated: %s}
      contenders:
        - {name: base, agent: loop, model: m-base, tier: {transport: sse}}
        - {name: slower, agent: loop, model: m-slower, tier: {transport: sse}}
        - {name: faster, agent: loop, model: m-faster, tier: {transport: sse}}
        - {name: socket, agent: loop, model: m-socket, tier: {transport: websocket}}
        - {name: nothing, agent: nop}
      """
          .formatted(
              TIER.formatted("300ms", 200, "40ms"),
              TIER.formatted("500ms", 100, "80ms"),
              TIER.formatted("150ms", 600, "10ms"),
              TIER.formatted("150ms", 400, "10ms"));

  @TempDir Path folder;

  private CommandLineTester pacebench() {
    return new CommandLineTester(folder.resolve("home"));
  }

  @Test
  void theEstimateIsWhatARunUnderThatTierMeasures() throws IOException {
    Path lineup = Files.writeString(folder.resolve("tiers.yaml"), LINEUP);
    String only = "{" + String.join(",", TASKS) + "}";
    Result run =
        pacebench()
            .run(
                "run",
                "-t",
                "starter-terminal",
                "-l",
                lineup.toString(),
                "--sandbox",
                "local",
                "-k",
                "1",
                "-j",
                "6",
                "--only",
                only);
    assertThat(run.code()).as(run.err()).isZero();
    Map<String, Map<String, JsonNode>> trials = trials();
    for (Change change : CHANGES) {
      List<Double> ratios = new ArrayList<>();
      for (JsonNode trial : estimate(change.tier()).get("each")) {
        String task = trial.get("task").asString();
        JsonNode again = trials.get(change.contender()).get(task);
        assertThat(again.get("solved").asBoolean()).as("%s", again).isTrue();
        assertThat(trial.get("at_least")).isEqualTo(trial.get("at_most"));
        // Tools are taken as they were; what else a busy machine does is not the estimate's.
        double drift = kept(again) - kept(trials.get("base").get(task));
        double estimated = trial.get("at_least").get("agent_seconds").asDouble() + drift;
        ratios.add(estimated / again.get("agent_seconds").asDouble());
      }
      assertThat(ratios).hasSize(TASKS.size());
      assertThat(ratios.stream().sorted().toList().get(TASKS.size() / 2))
          .as("%s: %s", change, ratios)
          .isCloseTo(1.0, Percentage.withPercentage(3));
    }
    saysThatItEstimates();
    refusesWhatItCannotEstimate();
  }

  private void saysThatItEstimates() {
    Result text = pacebench().run("what-if", "latest", "base", "--tier", "tps=15x");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .startsWith("ESTIMATE, not measured: base of run ")
        .contains("tps 15x", "SIMULATED", "ESTIMATE")
        .containsPattern("within [0-9]+ ")
        .containsPattern("The model is [0-9.]+ % of the time: no tier can be faster than")
        .doesNotContain("Not known");
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                pacebench().run("what-if", "latest", "base", "--tier", "tps=15x", "--json").out());
    assertThat(json.get("estimate").asBoolean()).isTrue();
    JsonNode set = json.get("task_sets").get(0);
    assertThat(set.get("measured").get("estimated").asBoolean()).isFalse();
    assertThat(set.get("at_most").get("estimated").asBoolean()).isTrue();
    double ceiling = set.get("generating_ceiling").asDouble();
    assertThat(set.get("speed_up").asDouble()).isBetween(1.0, ceiling);
    assertThat(ceiling).isLessThan(set.get("ceiling").asDouble());
    assertThat(set.get("calls_as_measured").asInt()).isZero();
  }

  private void refusesWhatItCannotEstimate() {
    refused("has no recorded model calls", "latest", "nothing", "--tier", "tps=15x");
    refused("did you mean `base`?", "latest", "bas", "--tier", "tps=15x");
    refused("beyond the time limit", "latest", "base", "--tier", "tps=15x", "--at", "30h");
    refused("did you mean `tps`?", "latest", "base", "--tier", "tsp=15");
    refused("is no key=value", "latest", "base", "--tier", "fast");
    refused("is given twice", "latest", "base", "--tier", "tps=1,tps=2");
    refused("needs a stated ttft", "latest", "base", "--tier", "roundtrip=1s");
    refused("needs a stated ttft", "latest", "base", "--tier", "ttft=2x,roundtrip=1s");
    refused("is no number above 0", "latest", "base", "--tier", "tps=0");
    refused("is no number above 0", "latest", "base", "--tier", "tps=0x");
    refused("is no time", "latest", "base", "--tier", "ttft=-1s");
    refused("there is no such transport", "latest", "base", "--tier", "transport=pigeon");
  }

  private void refused(String why, String... args) {
    List<String> all = new ArrayList<>(List.of("what-if"));
    all.addAll(List.of(args));
    Result result = pacebench().run(all.toArray(String[]::new));
    assertThat(result.code()).as("%s: %s", all, result.err()).isEqualTo(2);
    assertThat(result.err()).contains(why);
  }

  private static double kept(JsonNode trial) {
    JsonNode figures = trial.get("figures");
    return figures.get("tool_seconds").asDouble()
        + figures.get("overhead_seconds").asDouble()
        + figures.get("other_seconds").asDouble();
  }

  private JsonNode estimate(String tier) {
    Result result = pacebench().run("what-if", "latest", "base", "--tier", tier, "--json");
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out()).get("task_sets").get(0);
  }

  private Map<String, Map<String, JsonNode>> trials() {
    Map<String, Map<String, JsonNode>> trials = new TreeMap<>();
    pacebench()
        .run("export", "latest")
        .out()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .forEach(
            trial ->
                trials
                    .computeIfAbsent(trial.get("contender").asString(), key -> new TreeMap<>())
                    .put(trial.get("task").asString(), trial));
    return trials;
  }
}
