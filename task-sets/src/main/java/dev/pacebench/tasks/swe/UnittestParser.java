package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code python3 -m unittest -v} prints; a test's name is {@code module.Class.method}.
 *
 * <p>A status that comes on a line of its own belongs to the test last begun; whatever a test
 * prints can only make its status worse. "Ran N tests" must be there and cover all that passed.
 */
final class UnittestParser implements TestParser {

  private static final Pattern BEGUN = Pattern.compile("(\\w+) \\(([\\w.<>]+)\\)(.*)");
  private static final Pattern ENDED =
      Pattern.compile(
          "(?:.*\\.\\.\\. )?(ok|FAIL|ERROR|skipped .*|expected failure|unexpected success)");
  private static final Pattern SECTION =
      Pattern.compile("(FAIL|ERROR): (\\w+) \\(([\\w.<>]+)\\).*");
  private static final Pattern RAN = Pattern.compile("Ran (\\d{1,9}) tests? in .*");

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    String current = "";
    long ran = -1;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.strip();
      Matcher section = SECTION.matcher(line);
      Matcher begun = BEGUN.matcher(line);
      Matcher counted = RAN.matcher(line);
      if (section.matches()) {
        found.add(name(section.group(2), section.group(3)), status(section.group(1)).orElseThrow());
        continue;
      }
      if (counted.matches()) {
        ran = Math.max(ran, 0) + Long.parseLong(counted.group(1));
        current = "";
        continue;
      }
      String rest = line;
      if (begun.matches() && (begun.group(3).isEmpty() || begun.group(3).startsWith(" ..."))) {
        current = name(begun.group(1), begun.group(2));
        rest = begun.group(3).strip();
      }
      Matcher ended = ENDED.matcher(rest);
      if (!current.isEmpty() && ended.matches()) {
        found.add(current, status(ended.group(1)).orElseThrow());
      }
    }
    if (!found.isEmpty() && ran < 0) {
      found.doubt("unittest's line \"Ran ... tests\" is absent");
    } else if (ran >= 0 && found.count(TestStatus.PASSED) > ran) {
      found.doubt("more tests are told of as passed than unittest counted");
    }
    return found.report();
  }

  @Override
  public String canonical(String name) {
    Matcher matcher = BEGUN.matcher(name.strip());
    return matcher.matches() ? name(matcher.group(1), matcher.group(2)) : name;
  }

  /** Before Python 3.11 the method is not repeated between the brackets. */
  private static String name(String method, String place) {
    return place.endsWith("." + method) ? place : place + "." + method;
  }

  private static Optional<TestStatus> status(String word) {
    if (word.startsWith("skipped")) {
      return Optional.of(TestStatus.SKIPPED);
    }
    return Optional.of(
        switch (word) {
          case "ok" -> TestStatus.PASSED;
          case "expected failure" -> TestStatus.XFAIL;
          case "ERROR" -> TestStatus.ERROR;
          default -> TestStatus.FAILED;
        });
  }
}
