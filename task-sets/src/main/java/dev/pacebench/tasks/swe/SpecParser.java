package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Indented lists of marked tests, as {@code jest --verbose} and the spec reporter of {@code node
 * --test} print them; a test's name is {@code suite > test}.
 */
final class SpecParser implements TestParser {

  private static final Pattern MARKED =
      Pattern.compile("( *)([✓✔√✕✖×○﹣✎]) (.*?)(?: \\([0-9.]+ ?m?s\\))?(?: # (SKIP|TODO).*)?");
  private static final Pattern NODE_SUITE = Pattern.compile("( *)▶ (.*?)(?: \\([0-9.]+ ?m?s\\))?");
  private static final Pattern JEST_FILE = Pattern.compile("(PASS|FAIL) \\S.*");
  private static final Pattern JEST_SUITE = Pattern.compile("( {2,})(\\S.*)");
  private static final Pattern JEST_COUNT = Pattern.compile("Tests: .*?(?:(\\d{1,9}) passed).*");
  private static final Pattern NODE_COUNT = Pattern.compile("ℹ pass (\\d{1,9})");

  private final boolean jest;

  SpecParser(boolean jest) {
    this.jest = jest;
  }

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    OpenSuites open = new OpenSuites();
    long counted = -1;
    boolean details = false;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.stripTrailing();
      Matcher marked = MARKED.matcher(line);
      Matcher suite = (jest ? JEST_SUITE : NODE_SUITE).matcher(line);
      Matcher count = (jest ? JEST_COUNT : NODE_COUNT).matcher(line);
      if (JEST_FILE.matcher(line).matches() && jest) {
        open.closeAll();
        details = false;
      } else if (line.startsWith("  ●") || line.startsWith("✖ failing tests:")) {
        details = true; // What follows tells again of the tests that failed, with their errors.
      } else if (count.matches()) {
        counted = Math.max(counted, 0) + Long.parseLong(count.group(1));
      } else if (details) {
        continue;
      } else if (marked.matches()) {
        result(marked, open, found);
      } else if (suite.matches()) {
        open.open(suite.group(1).length(), suite.group(2).strip());
      }
    }
    if (counted >= 0 && jest && found.count(TestStatus.PASSED) > counted) {
      found.doubt("more tests are told of as passed than jest counted");
    } else if (counted < 0 && !found.isEmpty()) {
      found.doubt("the line that counts the tests is absent");
    }
    return found.report();
  }

  private static void result(Matcher marked, OpenSuites open, Findings found) {
    open.close(marked.group(1).length());
    TestStatus status =
        switch (marked.group(2)) {
          case "✓", "✔", "√" -> TestStatus.PASSED;
          case "○", "﹣", "✎" -> TestStatus.SKIPPED;
          default -> TestStatus.FAILED;
        };
    if (marked.group(4) != null) {
      status = TestStatus.SKIPPED;
    }
    String name = marked.group(3).strip();
    if (marked.group(2).equals("○") && name.startsWith("skipped ")) {
      name = name.substring("skipped ".length());
    }
    found.add(open.name(name), status);
  }
}
