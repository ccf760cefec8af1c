package dev.pacebench.tasks.terminalbench;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.TestStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From what tests printed to whether a task is solved; pure. */
public final class PrintedResults {

  /** The parsers that are read here, as {@code parser_name} spells them. */
  static final List<String> PARSERS = List.of("pytest", "swebench");

  /** Those that only read what a benchmark of their own prints. */
  static final List<String> UNREAD = List.of("swelancer", "mlebench", "sweperf", "long_cli");

  private PrintedResults() {}

  /**
   * What an output says.
   *
   * @param tests by name, the worst status of several; empty when the output cannot be read
   * @param problem why it cannot be read, or why the task is not solved; empty otherwise
   */
  public record Results(Map<String, TestStatus> tests, String problem) {

    public Results {
      tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
      requireNonNull(problem, "problem is null");
    }

    /** Whether there are tests, and nothing is wrong with any. */
    public boolean passed() {
      return !tests.isEmpty() && problem.isEmpty();
    }

    static Results unreadable(String problem) {
      return new Results(Map.of(), problem);
    }

    /** Skipped tests are no failures, as in the benchmark's own harness, but also no proof. */
    static Results of(Map<String, TestStatus> tests) {
      List<String> failed =
          tests.entrySet().stream()
              .filter(test -> isFailure(test.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      if (!failed.isEmpty()) {
        return new Results(
            tests,
            failed.size() + " of " + tests.size() + " tests failed, the first is " + failed.get(0));
      }
      return tests.values().stream().allMatch(status -> status == TestStatus.SKIPPED)
          ? unreadable(tests.isEmpty() ? "the output tells of no test" : "every test was skipped")
          : new Results(tests, "");
    }

    private static boolean isFailure(TestStatus status) {
      return status == TestStatus.FAILED || status == TestStatus.ERROR;
    }
  }

  /**
   * Reads an output.
   *
   * @param parser one of those that tasks may name
   */
  public static Results read(String parser, String output) {
    return switch (parser) {
      case "pytest" -> PytestSummary.read(output);
      case "swebench" -> SweBenchMarks.read(output);
      default -> throw new IllegalArgumentException("no parser " + parser);
    };
  }
}
