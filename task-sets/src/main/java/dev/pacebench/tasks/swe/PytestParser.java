package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pytest prints with {@code -rA} or {@code -v}.
 *
 * <p>Its last line must be there and must not count fewer passed tests than the lines tell of.
 */
final class PytestParser implements TestParser {

  private static final Pattern SUMMARY =
      Pattern.compile("(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (\\S.*)");
  private static final Pattern VERBOSE =
      Pattern.compile(
          "(\\S[^\\n]*?::[^\\n]*?) (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)"
              + "( \\([^\\n]*\\))?( +\\[ *\\d+%\\])?");
  private static final Pattern END = Pattern.compile("=* ?((?:\\d+ [a-z]+(?:, )?)+) in [0-9.]+s.*");
  private static final Pattern PASSED = Pattern.compile("(\\d+) passed");

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    long counted = -1;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.stripTrailing();
      Matcher summary = SUMMARY.matcher(line);
      Matcher verbose = VERBOSE.matcher(line);
      Matcher end = END.matcher(line);
      if (summary.matches()) {
        summary(summary.group(1), summary.group(2), found);
      } else if (verbose.matches()) {
        found.add(verbose.group(1), status(verbose.group(2)));
      } else if (end.matches()) {
        Matcher passed = PASSED.matcher(end.group(1));
        counted = Math.max(counted, 0) + (passed.find() ? Long.parseLong(passed.group(1)) : 0);
      }
    }
    if (!found.isEmpty() && counted < 0) {
      found.doubt("pytest's last line, which counts the tests, is absent");
    } else if (counted >= 0 && found.count(TestStatus.PASSED) > counted) {
      found.doubt("more tests are told of as passed than pytest counted");
    }
    return found.report();
  }

  private static void summary(String status, String rest, Findings found) {
    if (status.equals("SKIPPED") && rest.startsWith("[")) {
      return; // A count and a place, no test's name.
    }
    String name = rest;
    int reason = name.indexOf(" - ");
    if (reason >= 0) {
      name = name.substring(0, reason);
    }
    found.add(name, status(status));
  }

  private static TestStatus status(String word) {
    return word.equals("XPASS") ? TestStatus.FAILED : TestStatus.valueOf(word);
  }
}
