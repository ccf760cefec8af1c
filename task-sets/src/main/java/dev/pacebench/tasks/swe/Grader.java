package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** From what tests printed to whether a change solves its task; pure. */
public final class Grader {

  private Grader() {}

  /**
   * Grades by our own rules: every deciding test must be told of, and pass.
   *
   * @param exitCode of the command that ran the tests
   */
  public static Grade grade(TestLists lists, TestParser parser, TestReport report, int exitCode) {
    Lookup lookup = new Lookup(report.tests());
    Predicate<String> passes =
        name -> lookup.find(parser.canonical(name)).map(TestStatus::passes).orElse(false);
    Grade grade = split(lists, passes, passes);
    return doubt(report, exitCode).map(grade::rejected).orElse(grade);
  }

  /** Why a report cannot be believed: it contradicts itself, or how its command ended. */
  public static Optional<String> doubt(TestReport report, int exitCode) {
    if (report.doubt().isPresent()) {
      return report.doubt();
    }
    boolean failed =
        report.tests().values().stream()
            .anyMatch(status -> status == TestStatus.FAILED || status == TestStatus.ERROR);
    return exitCode != 0 && !failed
        ? Optional.of(
            "the tests ended with exit code " + exitCode + ", and none is told of as failed")
        : Optional.empty();
  }

  /** Sorts deciding tests into those that came out as wanted and those that did not. */
  public static Grade split(
      TestLists lists, Predicate<String> failToPass, Predicate<String> passToPass) {
    List<String> passed = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    lists.failToPass().forEach(name -> (failToPass.test(name) ? passed : missed).add(name));
    List<String> kept = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    lists.passToPass().forEach(name -> (passToPass.test(name) ? kept : broken).add(name));
    return new Grade(passed, missed, kept, broken, "");
  }

  /** Finds a test by its name, or by the end of its path when suites are left out. */
  private static final class Lookup {

    private final Map<String, TestStatus> tests;
    private final Map<String, TestStatus> byEnd = new HashMap<>();

    Lookup(Map<String, TestStatus> tests) {
      this.tests = tests;
      tests.forEach(
          (name, status) -> {
            for (int at = name.indexOf(OpenSuites.WITHIN);
                at >= 0;
                at = name.indexOf(OpenSuites.WITHIN, at + 1)) {
              // Where several tests end alike, all of them have to pass.
              byEnd.merge(name.substring(at + OpenSuites.WITHIN.length()), status, TestStatus::and);
            }
          });
    }

    Optional<TestStatus> find(String name) {
      return Optional.ofNullable(tests.getOrDefault(name, byEnd.get(name)));
    }
  }
}
