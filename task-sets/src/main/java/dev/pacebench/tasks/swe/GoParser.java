package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code go test -v} prints; a subtest's name is {@code Test/sub}. */
final class GoParser implements TestParser {

  private static final Pattern RESULT =
      Pattern.compile(" *--- (PASS|FAIL|SKIP): (\\S+) \\([0-9.]+s\\)");
  private static final Pattern PACKAGE = Pattern.compile("(ok|FAIL|---|\\?)\\s+\\S+.*|PASS|FAIL");

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    boolean ended = false;
    for (String raw : Findings.plain(output).split("\n")) {
      String line = raw.stripTrailing();
      Matcher result = RESULT.matcher(line);
      if (result.matches()) {
        found.add(
            result.group(2),
            switch (result.group(1)) {
              case "PASS" -> TestStatus.PASSED;
              case "SKIP" -> TestStatus.SKIPPED;
              default -> TestStatus.FAILED;
            });
      } else {
        ended |= PACKAGE.matcher(line).matches();
      }
    }
    if (!found.isEmpty() && !ended) {
      found.doubt("go's line on the package is absent");
    }
    return found.report();
  }
}
