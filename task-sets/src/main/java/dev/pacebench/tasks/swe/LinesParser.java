package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a status word, a blank and a name. */
final class LinesParser implements TestParser {

  private static final Pattern LINE =
      Pattern.compile("(PASSED|FAILED|ERROR|SKIPPED|XFAIL)[ \\t]+(\\S.*)");

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    for (String line : Findings.plain(output).split("\n")) {
      Matcher matcher = LINE.matcher(line.stripTrailing());
      if (matcher.matches()) {
        found.add(matcher.group(2).strip(), TestStatus.valueOf(matcher.group(1)));
      }
    }
    return found.report();
  }
}
