package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.TestStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SymPy's own test runner prints. */
final class SympyLog {

  private static final Pattern FAILURE = Pattern.compile("_+ (\\S.*)\\.py:(.*) _+");

  private SympyLog() {}

  static Map<String, TestStatus> parse(String log) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    for (String line : log.split("\n")) {
      Matcher failure = FAILURE.matcher(line.strip());
      if (failure.matches()) {
        tests.put(failure.group(1) + ".py:" + failure.group(2), TestStatus.FAILED);
      }
    }
    for (String raw : log.split("\n")) {
      String line = raw.strip();
      if (line.startsWith("test_")) {
        String test = line.split("\\s+")[0];
        if (line.endsWith(" E")) {
          tests.put(test, TestStatus.ERROR);
        } else if (line.endsWith(" F")) {
          tests.put(test, TestStatus.FAILED);
        } else if (line.endsWith(" ok")) {
          tests.put(test, TestStatus.PASSED);
        }
      }
    }
    return tests;
  }
}
