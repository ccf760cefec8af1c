package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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

  /** Every way to a model; the skill decides whether a good or a wrong path is played. */
  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        able: {provider: sim, id: able, simulated: %s}
        unable: {provider: sim, id: unable, simulated: %s}
      contenders:
        - {name: able-sse, agent: loop, model: able}
        - {name: able-websocket, agent: loop, model: able, tier: {transport: websocket}}
        - {name: able-chat, agent: loop, model: able, tier: {protocol: openai-chat}}
        - {name: able-messages, agent: loop, model: able, tier: {protocol: anthropic-messages}}
        - {name: unable, agent: loop, model: unable}
      """
          .formatted(TIER.formatted("1"), TIER.formatted("0"));

  @TempDir Path folder;

  @Test
  @Tag("docker")
  void theOracleSolvesAllAndNopNoneInDocker() throws Exception {
    List<JsonNode> trials = run(SET, "oracle-nop", "docker");

    assertThat(trials).hasSize(8);
    for (JsonNode trial : trials) {
      boolean oracle = trial.path("contender").asString().equals("oracle");
      assertThat(trial.path("solved").booleanValue()).as("%s", trial).isEqualTo(oracle);
    }
  }

  @Test
  @Tag("docker")
  void goodPathsSolveInDockerToo() throws Exception {
    String lineup = Files.writeString(folder.resolve("lineup.yaml"), LINEUP).toString();

    List<JsonNode> trials =
        run(withOneWrongPath(0), lineup, "docker", "--contender", "able-websocket");

    assertThat(trials).hasSize(4);
    for (JsonNode trial : trials) {
      assertThat(trial.path("solved").booleanValue()).as("%s", trial).isTrue();
      figures(trial);
    }
  }

  @Test
  @Tag("local")
  void goodPathsSolveAndWrongOnesDoNotInLocalSandboxes() throws Exception {
    String lineup = Files.writeString(folder.resolve("lineup.yaml"), LINEUP).toString();
    // One wrong path at a time, so that each is played.
    for (int wrong = 0; wrong < 2; wrong++) {
      // Every way to a model once; what differs in the second round is what the unable one does.
      List<JsonNode> trials =
          wrong == 0
              ? run(withOneWrongPath(wrong), lineup, "local")
              : run(withOneWrongPath(wrong), lineup, "local", "--contender", "unable");

      assertThat(trials).hasSize(wrong == 0 ? 20 : 4);
      for (JsonNode trial : trials) {
        boolean able = trial.path("contender").asString().startsWith("able");
        assertThat(trial.path("solved").booleanValue()).as("%s", trial).isEqualTo(able);
        figures(trial);
      }
    }
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

  private List<JsonNode> run(Path set, String lineup, String sandbox, String... more)
      throws Exception {
    Pacebench pacebench = new Pacebench(folder);
    List<String> words =
        new ArrayList<>(
            List.of("run", "-t", set.toString(), "-l", lineup, "-j", "2", "--sandbox", sandbox));
    words.addAll(List.of(more));
    pacebench.require(0, words.toArray(String[]::new));
    List<JsonNode> trials = new ArrayList<>();
    for (String line : pacebench.require(0, "export", "latest", "--format", "jsonl").split("\n")) {
      trials.add(JSON.readTree(line));
    }
    return trials;
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
