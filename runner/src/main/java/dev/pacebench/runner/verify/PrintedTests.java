package dev.pacebench.runner.verify;

import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.terminalbench.PrintedResults;
import dev.pacebench.tasks.terminalbench.PrintedResults.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;

/** From what tests printed to a reward, with a report beside it as tests themselves write them. */
final class PrintedTests {

  private static final String SOURCE = "test-stdout.txt";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PrintedTests() {}

  /**
   * Reads an output.
   *
   * @param folder receives {@code ctrf.json}
   */
  static RewardFiles.Reading read(String parser, String output, Path folder) throws IOException {
    Results results = PrintedResults.read(parser, output);
    if (results.tests().isEmpty()) {
      return RewardFiles.Reading.none(results.problem());
    }
    Files.write(folder.resolve("ctrf.json"), JSON.writeValueAsBytes(ctrf(parser, results.tests())));
    double reward = results.passed() ? 1 : 0;
    return new RewardFiles.Reading(
        Optional.of(new Rewards(Map.of(Rewards.DECISIVE, reward), SOURCE)), results.problem());
  }

  private static Map<String, Object> ctrf(String parser, Map<String, TestStatus> tests) {
    List<Map<String, Object>> told = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    tests.forEach(
        (name, status) -> {
          String word =
              switch (status) {
                case PASSED, XFAIL -> "passed";
                case FAILED, ERROR -> "failed";
                case SKIPPED -> "skipped";
              };
          told.add(Map.of("name", name, "status", word, "duration", 0, "rawStatus", raw(status)));
          counts.merge(word, 1, Integer::sum);
        });
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("tests", tests.size());
    for (String word : List.of("passed", "failed", "skipped")) {
      summary.put(word, counts.getOrDefault(word, 0));
    }
    return Map.of(
        "results", Map.of("tool", Map.of("name", parser), "summary", summary, "tests", told));
  }

  private static String raw(TestStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
