package dev.pacebench.runner.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A try's {@code result.json}: Harbor's fields, and under {@code pacebench} the record itself.
 *
 * @param isFinal whether the result counts for its trial
 */
record ResultFile(TrialRecord record, boolean isFinal) {

  private static final Logger LOG = LoggerFactory.getLogger(ResultFile.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The file's bytes. */
  static byte[] write(
      PlannedTrial trial,
      int tryNumber,
      Path folder,
      TrialRecord record,
      Map<String, Object> extra) {
    ObjectNode root = HarborResult.of(JSON, trial, tryNumber, folder, record);
    if (extra.containsKey("step_results")) {
      root.set("step_results", JSON.valueToTree(extra.get("step_results")));
    }
    ObjectNode own = root.putObject("pacebench");
    own.set("record", JSON.valueToTree(record));
    own.put("final", extra.getOrDefault("final", record.outcome() != Outcome.LOST).equals(true));
    extra.forEach(
        (key, value) -> {
          if (!own.has(key)) {
            own.set(key, JSON.valueToTree(value));
          }
        });
    return (JSON.writeValueAsString(root) + "\n").getBytes(UTF_8);
  }

  /** Reads a file of this run; what is torn, foreign or of wrong types counts as none. */
  static Optional<ResultFile> read(Path file, String runId) throws IOException {
    try {
      JsonNode own = JSON.readTree(Files.readAllBytes(file)).path("pacebench");
      TrialRecord record = JSON.treeToValue(own.path("record"), TrialRecord.class);
      if (record == null || !own.path("final").isBoolean()) {
        return none(file, "it holds no result of Pacebench");
      }
      if (!record.run().equals(runId)) {
        return none(file, "it belongs to run " + record.run());
      }
      return Optional.of(new ResultFile(record, own.path("final").asBoolean()));
    } catch (NoSuchFileException e) {
      return none(file, "the file is missing");
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      return none(file, firstLine(e));
    }
  }

  private static Optional<ResultFile> none(Path file, String why) {
    LOG.warn("{} counts as no result: {}", file, why);
    return Optional.empty();
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
