package dev.pacebench.tasks.swebenchpro;

import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.swe.Grade;
import dev.pacebench.tasks.swe.Grader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a row's own parser wrote as {@code output.json}.
 *
 * @param tests every test that was told of
 * @param rejected why the file counts for nothing; empty otherwise
 */
public record ProReport(Map<String, TestStatus> tests, String rejected) {

  private static final JsonMapper JSON = new JsonMapper();

  public ProReport {
    tests = Map.copyOf(tests);
  }

  /** Reads the file's text. */
  public static ProReport read(String text) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    try {
      JsonNode list = JSON.readTree(text).path("tests");
      if (!list.isArray()) {
        return new ProReport(Map.of(), "output.json has no list of tests");
      }
      for (JsonNode test : list) {
        String name = test.path("name").asString("");
        tests.merge(name, status(test.path("status").asString("")), TestStatus::and);
      }
    } catch (JacksonException e) {
      return new ProReport(Map.of(), "output.json is not JSON");
    }
    return new ProReport(tests, tests.isEmpty() ? "no test is told of" : "");
  }

  private static TestStatus status(String word) {
    return switch (word) {
      case "PASSED" -> TestStatus.PASSED;
      case "SKIPPED" -> TestStatus.SKIPPED;
      case "ERROR" -> TestStatus.ERROR;
      default -> TestStatus.FAILED;
    };
  }

  /** All deciding tests must have passed. */
  public Grade grade(TestLists lists) {
    Predicate<String> passed = name -> tests.get(name) == TestStatus.PASSED;
    Grade grade = Grader.split(lists, passed, passed);
    return rejected.isEmpty() ? grade : grade.rejected(rejected);
  }
}
