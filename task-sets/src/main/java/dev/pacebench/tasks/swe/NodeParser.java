package dev.pacebench.tasks.swe;

import java.util.regex.Pattern;

/** What {@code node --test} prints, with either of its reporters. */
final class NodeParser implements TestParser {

  private static final Pattern TAP = Pattern.compile("(?m)^TAP version \\d+|^(not )?ok \\d+");

  @Override
  public TestReport parse(String output) {
    return TAP.matcher(Findings.plain(output)).find()
        ? new TapParser().parse(output)
        : new SpecParser(false).parse(output);
  }
}
