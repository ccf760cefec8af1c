package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Test Anything Protocol, with subtests; a subtest's name is {@code suite > test}.
 *
 * <p>The outermost plan must fit the number of tests, and "Bail out!" spoils all.
 */
final class TapParser implements TestParser {

  private static final Pattern RESULT =
      Pattern.compile(
          "( *)(not )?ok\\b(?: +(\\d+))?(?: +-)? ?(.*?)(?:\\s*#\\s*(?i:(SKIP|TODO))\\b.*)?");
  private static final Pattern SUBTEST = Pattern.compile("( *)# Subtest: (.*)");
  private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})(\\s.*)?");

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    OpenSuites open = new OpenSuites();
    long planned = -1;
    long told = 0;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.stripTrailing();
      Matcher subtest = SUBTEST.matcher(line);
      Matcher plan = PLAN.matcher(line);
      Matcher result = RESULT.matcher(line);
      if (subtest.matches()) {
        open.open(subtest.group(1).length(), subtest.group(2).strip());
      } else if (plan.matches()) {
        planned = Math.max(planned, 0) + Long.parseLong(plan.group(1));
      } else if (line.startsWith("Bail out!")) {
        found.doubt("the tests gave up: " + line);
      } else if (result.matches()) {
        int indent = result.group(1).length();
        open.close(indent);
        told += indent == 0 ? 1 : 0;
        String name = result.group(4).strip();
        if (name.isEmpty() && result.group(3) != null) {
          name = result.group(3);
        }
        found.add(open.name(name), status(result.group(2) != null, result.group(5)));
      }
    }
    if (planned >= 0 && told != planned) {
      found.doubt("the plan names " + planned + " tests, and " + told + " are told of");
    }
    return found.report();
  }

  private static TestStatus status(boolean not, String directive) {
    if (directive != null && directive.equalsIgnoreCase("SKIP")) {
      return TestStatus.SKIPPED;
    }
    if (directive != null && not) {
      return TestStatus.XFAIL;
    }
    return not ? TestStatus.FAILED : TestStatus.PASSED;
  }
}
