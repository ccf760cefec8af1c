package dev.pacebench.runner.bench;

import dev.pacebench.runner.cli.Main;
import dev.pacebench.runner.home.FileTrees;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far an estimate of another tier is from a run under that tier, in local sandboxes. */
final class WhatIfBench {

  private record Change(String contender, String tier) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("slower", "ttft=800ms,tps=80,roundtrip=100ms,connect=100ms"),
          new Change("faster", "ttft=200ms,tps=600,roundtrip=20ms,connect=100ms"),
          new Change(
              "websocket", "ttft=200ms,tps=300,roundtrip=20ms,connect=100ms,transport=websocket"));

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m-base: {provider: sim, id: m, simulated: {first_token: 500ms, tokens_per_second: 150, roundtrip: 50ms, connect: 100ms, skill: 1}}
        m-slower: {provider: sim, id: m, simulated: {first_token: 800ms, tokens_per_second: 80, roundtrip: 100ms, connect: 100ms, skill: 1}}
        m-faster: {provider: sim, id: m, simulated: {first_token: 200ms, tokens_per_second: 600, roundtrip: 20ms, connect: 100ms, skill: 1}}
        m-websocket: {provider: sim, id: m, simulated: {first_token: 200ms, tokens_per_second: 300, roundtrip: 20ms, connect: 100ms, skill: 1}}
      contenders:
        - {name: base, agent: loop, model: m-base, tier: {transport: sse}}
        - {name: slower, agent: loop, model: m-slower, tier: {transport: sse}}
        - {name: faster, agent: loop, model: m-faster, tier: {transport: sse}}
        - {name: websocket, agent: loop, model: m-websocket, tier: {transport: websocket}}
      """;

  private final Path home;

  private WhatIfBench(Path home) {
    this.home = home;
  }

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-bench-");
    try {
      new WhatIfBench(folder.resolve("home"))
          .measure(Files.writeString(folder.resolve("tiers.yaml"), LINEUP), quick, results);
    } finally {
      FileTrees.delete(folder);
    }
  }

  private void measure(Path lineup, boolean quick, List<Result> results) {
    String only = quick ? "{lost-names,sort-inbox,ledger-report}" : "*";
    call(
        "run",
        "-q",
        "-t",
        "starter-terminal",
        "-l",
        lineup.toString(),
        "--sandbox",
        "local",
        "-k",
        "1",
        "-j",
        "1",
        "--only",
        only);
    List<JsonNode> trials =
        call("export", "latest").lines().map(JsonMapper.shared()::readTree).toList();
    for (Change change : CHANGES) {
      JsonNode estimate =
          JsonMapper.shared()
              .readTree(call("what-if", "latest", "base", "--tier", change.tier(), "--json"))
              .get("task_sets")
              .get(0);
      List<Double> solved = solved(trials, change.contender());
      double estimated = estimate.get("at_least").get("median_seconds").asDouble();
      double measured = median(solved);
      String name = "what-if against a run, " + change.contender();
      results.add(Result.note("stats", name + ", median", measured, "s"));
      results.add(
          Result.atMost(
              "stats", "  estimate is off by", 100 * Math.abs(estimated / measured - 1), "%", 3));
      results.add(
          Result.note(
              "stats",
              "  tools and the agent itself took longer by",
              median(kept(trials, change.contender())) - median(kept(trials, "base")),
              "s"));
      band(estimate, solved, all(trials, change.contender()), results);
    }
  }

  /** Budgets at which the run lies outside the estimate's band, give or take 3 % of the time. */
  private static void band(
      JsonNode estimate, List<Double> solved, int trials, List<Result> results) {
    int outside = 0;
    int budgets = 0;
    for (JsonNode budget : estimate.get("budgets")) {
      if (budget.get("band").isNull()) {
        continue;
      }
      budgets++;
      double seconds = budget.get("seconds").asDouble();
      double late = within(solved, seconds * 1.03) / trials;
      double early = within(solved, seconds / 1.03) / trials;
      outside +=
          late < budget.get("band").get(0).asDouble() - 1e-9
                  || early > budget.get("band").get(1).asDouble() + 1e-9
              ? 1
              : 0;
    }
    if (budgets > 0) {
      results.add(
          Result.atMost("stats", "  budgets of " + budgets + " outside the band", outside, "", 0));
    }
  }

  private static double within(List<Double> solved, double seconds) {
    return solved.stream().filter(time -> time <= seconds).count();
  }

  private static List<Double> solved(List<JsonNode> trials, String contender) {
    List<Double> times = new ArrayList<>();
    for (JsonNode trial : trials) {
      if (trial.get("contender").asString().equals(contender) && trial.get("solved").asBoolean()) {
        times.add(trial.get("agent_seconds").asDouble());
      }
    }
    return times.stream().sorted().toList();
  }

  /** What no tier has a part in; that it differs between two contenders is the machine's doing. */
  private static List<Double> kept(List<JsonNode> trials, String contender) {
    List<Double> times = new ArrayList<>();
    for (JsonNode trial : trials) {
      if (trial.get("contender").asString().equals(contender) && trial.get("solved").asBoolean()) {
        JsonNode figures = trial.get("figures");
        times.add(
            figures.get("tool_seconds").asDouble()
                + figures.get("overhead_seconds").asDouble()
                + figures.get("other_seconds").asDouble());
      }
    }
    return times.stream().sorted().toList();
  }

  private static int all(List<JsonNode> trials, String contender) {
    return (int)
        trials.stream()
            .filter(trial -> trial.get("contender").asString().equals(contender))
            .filter(trial -> !trial.get("outcome").asString().equals("LOST"))
            .count();
  }

  /** Of type 7. */
  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private String call(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("PACEBENCH_HOME", home.toString(), "PATH", System.getenv("PATH")));
    if (code != 0) {
      throw new IllegalStateException(
          String.join(" ", args)
              + " ended with "
              + code
              + ": "
              + err.toString(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
