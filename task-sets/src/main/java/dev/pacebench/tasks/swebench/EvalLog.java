package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.swe.Grade;
import dev.pacebench.tasks.swe.Grader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grades the output of an eval script by the rules of SWE-bench; pure.
 *
 * <p>The first start mark and the last end mark count, so that code under test cannot cut out what
 * follows its own output.
 *
 * @param tests every test that was told of
 * @param rejected why the whole output counts for nothing; empty otherwise
 */
public record EvalLog(Map<String, TestStatus> tests, String rejected) {

  static final String START = ">>>>> Start Test Output";
  static final String END = ">>>>> End Test Output";
  static final String EXIT = ">>>>> Test Exit Code: ";

  private static final List<String> FAILURES =
      List.of(
          ">>>>> Patch Apply Failed",
          ">>>>> Reset Failed",
          ">>>>> Tests Errored",
          ">>>>> Tests Timed Out");

  /** Patterns with two open ends would take for ever on such a line. */
  private static final Pattern LONG = Pattern.compile("(?m)^.{20000}.++$");

  private static final Pattern EXIT_LINE =
      Pattern.compile("(?m)^>>>>> Test Exit Code: (\\d{1,3})$");

  public EvalLog {
    tests = Map.copyOf(tests);
  }

  /** Reads an output. */
  public static EvalLog read(Judge.EvalScript judge, String output) {
    Optional<String> failure = FAILURES.stream().filter(output::contains).findFirst();
    if (failure.isPresent()) {
      return new EvalLog(Map.of(), "the script says \"" + failure.get() + "\"");
    }
    int start = output.indexOf(START);
    int end = output.lastIndexOf(END);
    if (start < 0 || end < start) {
      return new EvalLog(Map.of(), "the marks around the tests' output are not there");
    }
    LogParser parser = LogParsers.named(judge.parser());
    String between = output.substring(start + START.length(), end);
    Map<String, TestStatus> tests = parser.parse(LONG.matcher(between).replaceAll(""));
    if (tests.isEmpty()) {
      tests = parser.parse(LONG.matcher(output).replaceAll(""));
    }
    if (tests.isEmpty()) {
      return new EvalLog(Map.of(), "no test is told of");
    }
    OptionalInt exit = exitCode(output);
    boolean failed =
        tests.values().stream()
            .anyMatch(status -> status == TestStatus.FAILED || status == TestStatus.ERROR);
    if (exit.isPresent() && exit.getAsInt() != 0 && !failed) {
      return new EvalLog(
          tests,
          "the tests ended with exit code " + exit.getAsInt() + ", and none is told of as failed");
    }
    return new EvalLog(tests, "");
  }

  private static OptionalInt exitCode(String output) {
    OptionalInt last = OptionalInt.empty();
    Matcher line = EXIT_LINE.matcher(output);
    while (line.find()) {
      last = OptionalInt.of(Integer.parseInt(line.group(1)));
    }
    return last;
  }

  /** Grades. */
  public Grade grade(Judge.EvalScript judge, TestLists lists) {
    Predicate<String> notFailed =
        name -> status(name).map(status -> status != TestStatus.FAILED).orElse(true);
    Predicate<String> passes = name -> status(name).map(TestStatus::passes).orElse(false);
    Predicate<String> passesStill =
        name ->
            status(name)
                .map(status -> status.passes() || status == TestStatus.SKIPPED)
                .orElse(false);
    Grade grade =
        judge.failOnly()
            ? Grader.split(lists, notFailed, notFailed)
            : Grader.split(lists, passes, passesStill);
    return rejected.isEmpty() ? grade : grade.rejected(rejected);
  }

  /** Published names are cut at a blank within brackets; then all that begin so must agree. */
  private Optional<TestStatus> status(String name) {
    TestStatus exact = tests.get(name);
    if (exact != null || count(name, '[') <= count(name, ']')) {
      return Optional.ofNullable(exact);
    }
    List<TestStatus> candidates =
        tests.entrySet().stream()
            .filter(test -> test.getKey().startsWith(name))
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private static long count(String text, char c) {
    return text.chars().filter(it -> it == c).count();
  }
}
