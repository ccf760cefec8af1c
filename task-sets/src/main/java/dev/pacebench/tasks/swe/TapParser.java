package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Test Anything Protocol, with subtests; a subtest's name is {@code suite > test}.
 *
 * <p>The outermost plan must fit the number of tests, and "Bail out!" spoils all.
 */
final class TapParser implements TestParser {

  static final String WITHIN = " > ";

  private static final Pattern RESULT =
      Pattern.compile(
          "( *)(not )?ok\\b(?: +(\\d+))?(?: +-)? ?(.*?)(?:\\s*#\\s*(?i:(SKIP|TODO))\\b.*)?");
  private static final Pattern SUBTEST = Pattern.compile("( *)# Subtest: (.*)");
  private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})(\\s.*)?");

  private record Open(int indent, String name) {}

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    Deque<Open> open = new ArrayDeque<>();
    long planned = -1;
    long told = 0;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.stripTrailing();
      Matcher subtest = SUBTEST.matcher(line);
      Matcher plan = PLAN.matcher(line);
      Matcher result = RESULT.matcher(line);
      if (subtest.matches()) {
        int indent = subtest.group(1).length();
        close(open, indent);
        open.push(new Open(indent, subtest.group(2).strip()));
      } else if (plan.matches()) {
        planned = Math.max(planned, 0) + Long.parseLong(plan.group(1));
      } else if (line.startsWith("Bail out!")) {
        found.doubt("the tests gave up: " + line);
      } else if (result.matches()) {
        int indent = result.group(1).length();
        close(open, indent);
        told += indent == 0 ? 1 : 0;
        String name = result.group(4).strip();
        if (name.isEmpty() && result.group(3) != null) {
          name = result.group(3);
        }
        found.add(path(open) + name, status(result.group(2) != null, result.group(5)));
      }
    }
    if (planned >= 0 && told != planned) {
      found.doubt("the plan names " + planned + " tests, and " + told + " are told of");
    }
    return found.report();
  }

  /** A result or subtest of an indent ends those that were opened at it or deeper. */
  private static void close(Deque<Open> open, int indent) {
    while (!open.isEmpty() && open.peek().indent() >= indent) {
      open.pop();
    }
  }

  private static String path(Deque<Open> open) {
    StringBuilder path = new StringBuilder();
    Iterator<Open> outermostFirst = open.descendingIterator();
    while (outermostFirst.hasNext()) {
      path.append(outermostFirst.next().name()).append(WITHIN);
    }
    return path.toString();
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
