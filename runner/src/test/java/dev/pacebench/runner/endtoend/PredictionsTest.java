package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Predictions of others are judged, and ours are given out in the same form. */
@Tag("local")
@Tag("slow")
class PredictionsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SETS =
      Path.of(System.getProperty("pacebench.root", ".."), "task-sets", "sets", "starter-swe");

  @TempDir Path folder;
  private CommandLineTester pacebench;

  private static String prediction(String task, String patch) {
    Map<String, String> prediction = new LinkedHashMap<>();
    prediction.put("instance_id", task);
    prediction.put("model_name_or_path", "org/model 1");
    prediction.put("model_patch", patch);
    return JSON.writeValueAsString(prediction) + "\n";
  }

  @BeforeEach
  void aHome() {
    pacebench = new CommandLineTester(folder.resolve("home"));
  }

  private String require(String... args) {
    Result result = pacebench.run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void aFileOfPredictionsIsVerifiedAndComesOutAsItWentIn() throws Exception {
    String gold = Files.readString(SETS.resolve("cache-eviction/solution/solution.patch"));
    String broken =
        "diff --git a/nowhere b/nowhere\n--- a/nowhere\n+++ b/nowhere\n@@ -1 +1 @@\n-a\n+b\n";
    Path file = folder.resolve("preds.jsonl");
    Files.writeString(
        file,
        prediction("cache-eviction", gold)
            + prediction("calendar-escapes", "")
            + prediction("csv-chunks", broken));
    require("predictions", file.toString(), "-t", "starter-swe", "--sandbox", "local", "-j", "3");
    Map<String, JsonNode> trials = new LinkedHashMap<>();
    for (String line : require("export", "latest").split("\n")) {
      JsonNode trial = JSON.readTree(line);
      trials.put(trial.path("task").asString(), trial);
    }
    assertThat(trials).containsOnlyKeys("cache-eviction", "calendar-escapes", "csv-chunks");
    assertThat(trials.get("cache-eviction").path("outcome").asString()).isEqualTo("SOLVED");
    assertThat(trials.get("cache-eviction").path("contender").asString()).isEqualTo("org/model 1");
    assertThat(trials.get("calendar-escapes").toString()).contains("the prediction is empty");
    assertThat(trials.get("csv-chunks").toString()).contains("does not apply to the base");

    String out = require("export", "latest", "--format", "swebench");
    assertThat(out.split("\n")).hasSize(3);
    JsonNode first =
        JSON.readTree(out.lines().filter(it -> it.contains("cache-e")).findFirst().orElseThrow());
    assertThat(first.path("instance_id").asString()).isEqualTo("cache-eviction");
    assertThat(first.path("model_name_or_path").asString()).isEqualTo("org/model 1");
    assertThat(first.path("model_patch").asString()).isEqualTo(gold);

    Files.writeString(file, prediction("no-such-task", gold));
    Result unknown =
        pacebench.run("predictions", file.toString(), "-t", "starter-swe", "--sandbox", "local");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("no-such-task", "starter-swe");
  }
}
