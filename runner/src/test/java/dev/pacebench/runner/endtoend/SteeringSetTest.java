package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tasks that go on after their first instruction, from the command line to the record. */
@Tag("slow")
@Timeout(600)
class SteeringSetTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SET =
      Path.of(System.getProperty("pacebench.root", ".."), "task-sets", "sets", "steering")
          .toAbsolutePath()
          .normalize();

  private static final Map<String, Integer> INTERRUPTIONS =
      Map.of("failed-requests", 1, "port-change", 2);
  private static final Map<String, Integer> STEPS = Map.of("parcel-rates", 2, "stock-room", 3);

  private static final String TIER =
      "{first_token: 50ms, tokens_per_second: 200, tokens_per_frame: 4, skill: %s}";

  /** The skill decides whether a good or a wrong path is played. */
  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        able: {provider: sim, id: able, simulated: %s}
        unable: {provider: sim, id: unable, simulated: %s}
      contenders:
      """
          .formatted(TIER.formatted("1"), TIER.formatted("0"));

  private static final String SSE = "  - {name: able-sse, agent: loop, model: able}\n";
  private static final String WEBSOCKET =
      "  - {name: able-websocket, agent: loop, model: able, tier: {transport: websocket}}\n";
  private static final String CHAT =
      "  - {name: able-chat, agent: loop, model: able, tier: {protocol: openai-chat}}\n";
  private static final String MESSAGES =
      "  - {name: able-messages, agent: loop, model: able, tier: {protocol: anthropic-messages}}\n";
  private static final String UNABLE = "  - {name: unable, agent: loop, model: unable}\n";
  private static final String ORACLE = "  - {name: able-oracle, agent: oracle}\n";
  private static final String NOP = "  - {name: nop, agent: nop}\n";

  @TempDir Path folder;

  @Test
  @Tag("docker")
  void theOracleAndGoodPathsSolveAllInDocker() throws Exception {
    assertThat(solvedByTheAble(0, "docker", ORACLE + SSE)).isEqualTo(8);
  }

  // Every way to a model plays once, and each wrong path.

  @Test
  @Tag("local")
  void goodPathsSolveAndNeitherWrongOnesNorNothingDoInLocalSandboxes() throws Exception {
    assertThat(solvedByTheAble(0, "local", WEBSOCKET + CHAT + UNABLE + NOP)).isEqualTo(16);
  }

  @Test
  @Tag("local")
  void otherWrongPathsDoNotSolveEitherInLocalSandboxes() throws Exception {
    assertThat(solvedByTheAble(1, "local", MESSAGES + UNABLE)).isEqualTo(8);
  }

  /** Says how many trials there were. */
  private int solvedByTheAble(int wrongPath, String sandbox, String contenders) throws Exception {
    Path lineup = Files.writeString(folder.resolve("lineup.yaml"), LINEUP + contenders);
    List<JsonNode> trials = run(withOneWrongPath(wrongPath), lineup, sandbox);
    for (JsonNode trial : trials) {
      String contender = trial.path("contender").asString();
      boolean able = contender.startsWith("able");
      assertThat(trial.path("solved").booleanValue()).as("%s", trial).isEqualTo(able);
      if (!contender.equals("nop") && !contender.equals("able-oracle")) {
        figures(trial);
      }
    }
    return trials.size();
  }

  private static void figures(JsonNode trial) {
    JsonNode figures = trial.path("figures");
    double agentSeconds = trial.path("agent_seconds").doubleValue();
    Integer told = INTERRUPTIONS.get(trial.path("task").asString());
    if (told != null) {
      assertThat(figures.path("interruptions").doubleValue())
          .as("%s", trial)
          .isEqualTo(told.doubleValue());
      assertThat(figures.path("calls_abandoned").doubleValue())
          .as("%s", trial)
          .isEqualTo(told.doubleValue());
      assertThat(figures.path("calls_failed").doubleValue()).isZero();
      double first = figures.path("redirect_first_token_seconds").doubleValue();
      double all = figures.path("redirect_seconds").doubleValue();
      assertThat(first).isGreaterThanOrEqualTo(0.05).isLessThan(all);
      assertThat(all).isLessThan(agentSeconds);
    } else {
      int count = STEPS.getOrDefault(trial.path("task").asString(), 0);
      double steps =
          IntStream.rangeClosed(1, count)
              .mapToDouble(step -> figures.path("step_" + step + "_seconds").doubleValue())
              .sum();
      assertThat(Math.abs(steps - agentSeconds)).as("%s", trial).isLessThan(1e-6);
      assertThat(figures.path("steps_run").doubleValue()).isEqualTo(count);
    }
  }

  private List<JsonNode> run(Path set, Path lineup, String sandbox) {
    CommandLineTester pacebench = new CommandLineTester(folder.resolve("home"));
    // Most of the time a model takes its time.
    Result run =
        pacebench.run(
            "run", "-t", set.toString(), "-l", lineup.toString(), "-j", "6", "--sandbox", sandbox);
    assertThat(run.code()).as(run.err()).isZero();
    return pacebench
        .run("export", "latest", "--format", "jsonl")
        .out()
        .lines()
        .map(JSON::readTree)
        .toList();
  }

  /** A copy of the set in which each task has its good path and one wrong one. */
  private Path withOneWrongPath(int kept) throws IOException {
    Path copy = folder.resolve("set-" + kept);
    List<Path> files;
    try (var walk = Files.walk(SET)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Path target = copy.resolve(SET.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else if (!isOtherWrongPath(file, kept)) {
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  private static boolean isOtherWrongPath(Path file, int kept) throws IOException {
    if (!file.getFileName().toString().startsWith("wrong-")) {
      return false;
    }
    try (var paths = Files.list(file.getParent())) {
      List<Path> wrong =
          paths
              .filter(path -> path.getFileName().toString().startsWith("wrong-"))
              .sorted()
              .toList();
      return !wrong.get(kept).equals(file);
    }
  }
}
