package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Every bundled task can be solved, and is not solved already. */
class BundledSetTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  @Tag("docker")
  void theOracleSolvesAllAndNopNoneInDocker() throws Exception {
    assertThat(solvedByOracleOnly("docker")).hasSize(19 + 13);
  }

  @Test
  @Tag("local")
  void theOracleSolvesAllAndNopNoneInLocalSandboxes() throws Exception {
    assertThat(solvedByOracleOnly("local")).hasSize(18 + 13);
  }

  private TreeSet<String> solvedByOracleOnly(String sandbox) throws Exception {
    Pacebench pacebench = new Pacebench(folder);
    pacebench.require(
        0,
        "run",
        "-t",
        "starter-terminal",
        "-t",
        "starter-swe",
        "-l",
        "oracle-nop",
        "-k",
        "1",
        "-j",
        "2",
        "--sandbox",
        sandbox);
    TreeSet<String> solved = new TreeSet<>();
    for (String line : pacebench.require(0, "export", "latest", "--format", "jsonl").split("\n")) {
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
}
