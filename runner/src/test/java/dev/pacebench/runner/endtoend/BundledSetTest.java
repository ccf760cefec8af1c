package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every bundled task can be solved, and is not solved already. */
class BundledSetTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  @Tag("docker")
  void theOracleSolvesAllInDocker() {
    // Nothing is done here as it is in a local sandbox, where a trial costs a third.
    assertThat(solvedByOracleOnly("docker", "--contender", "oracle")).hasSize(19 + 13);
  }

  @Test
  @Tag("docker")
  void nopSolvesNoneOfThoseThatNeedAnEngine() {
    assertThat(solvedByOracleOnly("docker", "--contender", "nop", "--only", "team-share"))
        .isEmpty();
  }

  @Test
  @Tag("local")
  void theOracleSolvesAllAndNopNoneInLocalSandboxes() {
    assertThat(solvedByOracleOnly("local")).hasSize(18 + 13);
  }

  private TreeSet<String> solvedByOracleOnly(String sandbox, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "-t", "starter-terminal"));
    words.addAll(List.of("-t", "starter-swe", "-l", "oracle-nop", "-j", "3"));
    words.addAll(List.of("--sandbox", sandbox));
    words.addAll(List.of(more));
    require(words.toArray(String[]::new));
    TreeSet<String> solved = new TreeSet<>();
    for (String line : require("export", "latest", "--format", "jsonl").split("\n")) {
      JsonNode trial = JSON.readTree(line);
      boolean oracle = trial.path("contender").asString().equals("oracle");
      assertThat(trial.path("solved").asBoolean()).as(line).isEqualTo(oracle);
      assertThat(trial.path("flags").toString()).as(line).doesNotContain("tampered", "silent");
      assertThat(trial.path("figures").path("verifier_rounds").asInt()).as(line).isEqualTo(1);
      if (oracle) {
        solved.add(trial.path("task").asString());
      }
    }
    return solved;
  }

  private String require(String... args) {
    Result result = new CommandLineTester(folder.resolve("home")).run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }
}
