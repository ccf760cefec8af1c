package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.terminalbench.PrintedResults.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pytest prints with {@code -rA}, from its first short test summary on.
 *
 * <p>A line only ever adds a test, or makes it worse, so that a program under test which prints a
 * summary of its own cannot take back what pytest says. The line that counts the tests must be
 * there, and must not count more failures than are told of.
 */
final class PytestSummary {

  private static final Pattern BEGIN =
      Pattern.compile("(?<!=)=++ short test summary info =", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINE =
      Pattern.compile("(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS):?\\s+(\\S.*)");
  private static final Pattern END =
      Pattern.compile("=*+ ?(\\d+ [a-z]+(?:, \\d+ [a-z]+){0,15}) in [0-9.]+ ?s.*");
  private static final Pattern BAD_COUNT = Pattern.compile("(\\d{1,9}) (?:failed|errors?)\\b");

  private PytestSummary() {}

  static Results read(String output) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    boolean begun = false;
    boolean counted = false;
    long bad = 0;
    long told = 0;
    for (String line : TerminalText.lines(output)) {
      begun |= BEGIN.matcher(line).find();
      if (!begun) {
        continue;
      }
      Matcher test = LINE.matcher(line);
      Matcher end = END.matcher(line);
      if (test.matches()) {
        TestStatus status = status(test.group(1));
        tests.merge(name(test.group(1), test.group(2)), status, TestStatus::and);
        told += status == TestStatus.FAILED || status == TestStatus.ERROR ? 1 : 0;
      } else if (end.matches()) {
        counted = true;
        bad += bad(end.group(1));
      }
    }
    if (!begun) {
      return Results.unreadable("the output has no short test summary (pytest -rA prints one)");
    }
    if (!counted) {
      return Results.unreadable("pytest's last line, which counts the tests, is absent");
    }
    Results results = Results.of(tests);
    return results.passed() && bad > told
        ? new Results(tests, "pytest counts " + bad + " failed tests and tells of " + told)
        : results;
  }

  private static long bad(String counts) {
    return BAD_COUNT.matcher(counts).results().mapToLong(it -> Long.parseLong(it.group(1))).sum();
  }

  /**
   * What follows the first {@code ::}, without the reason; a whole file that failed has no such.
   */
  private static String name(String status, String rest) {
    String named = rest;
    int reason = List.of("FAILED", "ERROR").contains(status) ? named.lastIndexOf(" - ") : -1;
    if (reason > 0) {
      named = named.substring(0, reason);
    }
    int within = named.indexOf("::");
    return within >= 0 ? named.substring(within + 2) : named;
  }

  private static TestStatus status(String word) {
    return word.equals("XPASS") ? TestStatus.FAILED : TestStatus.valueOf(word);
  }
}
