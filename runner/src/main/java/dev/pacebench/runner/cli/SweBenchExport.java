package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * Predictions as SWE-bench takes them: one contender, one attempt, a line per task.
 *
 * <p>The patches are those that were judged.
 */
final class SweBenchExport {

  private static final JsonMapper JSON = new JsonMapper();

  private SweBenchExport() {}

  /**
   * The lines.
   *
   * @param contender absent when the run has only one
   */
  static List<String> lines(
      Path home, List<TrialRecord> results, Optional<String> contender, int attempt) {
    TreeSet<String> names = new TreeSet<>();
    results.forEach(result -> names.add(result.contender()));
    if (contender.isEmpty() && names.size() > 1) {
      throw new UserError(
          "--format swebench",
          "a file of predictions is of one model, and the run has several contenders",
          "choose one with --contender: " + String.join(", ", names));
    }
    if (contender.isPresent() && !names.contains(contender.get())) {
      throw new UserError(
          "--contender " + contender.get(),
          "the run has no finished trial of it",
          "choose one of " + String.join(", ", names));
    }
    List<String> lines = new ArrayList<>();
    for (TrialRecord result : results) {
      Path patch = home.resolve(result.evidence()).resolve("artifacts/patch.diff");
      boolean wanted =
          result.attempt() == attempt
              && contender.map(result.contender()::equals).orElse(true)
              && Files.isRegularFile(patch, LinkOption.NOFOLLOW_LINKS);
      if (wanted) {
        lines.add(line(result, patch));
      }
    }
    if (lines.isEmpty()) {
      throw new UserError(
          "--format swebench",
          "no finished trial of attempt " + attempt + " left a change to a repository",
          "choose a run of SWE-style tasks, or another --attempt");
    }
    return lines;
  }

  private static String line(TrialRecord result, Path patch) {
    Map<String, String> prediction = new LinkedHashMap<>();
    prediction.put("instance_id", result.task());
    prediction.put("model_name_or_path", result.contender());
    try {
      prediction.put("model_patch", Files.readString(patch, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new UserError(
          patch.toString(),
          "is no UTF-8 text, and JSON holds nothing else",
          "take the patch from the evidence as it is");
    } catch (IOException e) {
      throw new InfrastructureError(patch + " cannot be read: " + e, "make it readable");
    }
    return JSON.writeValueAsString(prediction);
  }
}
