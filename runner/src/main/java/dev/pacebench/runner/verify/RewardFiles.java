package dev.pacebench.runner.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads what a verifier left: {@code reward.txt} before {@code reward.json}, and the summary of
 * {@code ctrf.json}.
 *
 * <p>The files are untrusted: size-limited, never followed through links, and whatever cannot be
 * read counts as not written.
 */
public final class RewardFiles {

  private static final long MAX_REWARD_BYTES = 64 << 10;
  private static final long MAX_CTRF_BYTES = 16 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RewardFiles() {}

  /**
   * What was found.
   *
   * @param rewards absent when nothing usable was written
   * @param problem why it is absent; empty otherwise
   */
  public record Reading(Optional<Rewards> rewards, String problem) {

    static Reading none(String problem) {
      return new Reading(Optional.empty(), problem);
    }
  }

  /** Reads the reward from a folder on the host. */
  public static Reading read(Path folder) {
    Optional<String> text = content(folder.resolve("reward.txt"), MAX_REWARD_BYTES);
    if (text.isPresent()) {
      return parseText(text.get());
    }
    Optional<String> json = content(folder.resolve("reward.json"), MAX_REWARD_BYTES);
    return json.map(RewardFiles::parseJson)
        .orElseGet(() -> Reading.none("the verifier wrote neither reward.txt nor reward.json"));
  }

  private static Reading parseText(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return Reading.none("reward.txt is empty");
    }
    try {
      double value = Double.parseDouble(trimmed);
      return Double.isFinite(value)
          ? new Reading(Optional.of(new Rewards(Map.of(Rewards.DECISIVE, value), "reward.txt")), "")
          : Reading.none("reward.txt holds no finite number");
    } catch (NumberFormatException e) {
      return Reading.none("reward.txt holds no number");
    }
  }

  private static Reading parseJson(String text) {
    Map<String, Double> values = new TreeMap<>();
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        return Reading.none("reward.json is not an object");
      }
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        JsonNode value = entry.getValue();
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
          return Reading.none("reward.json: a value is not a finite number");
        }
        values.put(entry.getKey(), value.asDouble());
      }
    } catch (JacksonException e) {
      return Reading.none("reward.json is not JSON");
    }
    return values.isEmpty()
        ? Reading.none("reward.json is empty")
        : new Reading(Optional.of(new Rewards(values, "reward.json")), "");
  }

  /** Counts of {@code ctrf.json}'s summary, named {@code tests}, {@code tests_passed}, ... */
  public static Map<String, Double> ctrfFigures(Path folder) {
    Optional<String> text = content(folder.resolve("ctrf.json"), MAX_CTRF_BYTES);
    if (text.isEmpty()) {
      return Map.of();
    }
    try {
      JsonNode summary = JSON.readTree(text.get()).path("results").path("summary");
      Map<String, Double> figures = new TreeMap<>();
      putNumber(figures, "tests", summary.path("tests"));
      putNumber(figures, "tests_passed", summary.path("passed"));
      putNumber(figures, "tests_failed", summary.path("failed"));
      putNumber(figures, "tests_skipped", summary.path("skipped"));
      return figures;
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  private static void putNumber(Map<String, Double> figures, String name, JsonNode value) {
    if (value.isNumber() && Double.isFinite(value.asDouble())) {
      figures.put(name, value.asDouble());
    }
  }

  private static Optional<String> content(Path file, long maxBytes) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > maxBytes) {
        return Optional.empty();
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
