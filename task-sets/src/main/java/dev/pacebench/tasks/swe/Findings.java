package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers test statuses while a parser reads; the worst of several holds. */
final class Findings {

  private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  /** Patterns with two open ends would take for ever on such a line. */
  private static final Pattern LONG = Pattern.compile("(?m)^.{20000}.++$");

  private final Map<String, TestStatus> tests = new LinkedHashMap<>();
  private @Nullable String doubt;

  /** Without colours, other control characters, and lines that no runner prints of a test. */
  static String plain(String output) {
    String text =
        CONTROLS.matcher(ANSI.matcher(output.replace("\r\n", "\n")).replaceAll("")).replaceAll("");
    return LONG.matcher(text).replaceAll("");
  }

  void add(String name, TestStatus status) {
    if (!name.isEmpty()) {
      tests.merge(name, status, TestStatus::and);
    }
  }

  /** The first doubt is kept. */
  void doubt(String why) {
    if (doubt == null) {
      doubt = why;
    }
  }

  boolean isEmpty() {
    return tests.isEmpty();
  }

  long count(TestStatus status) {
    return tests.values().stream().filter(it -> it == status).count();
  }

  TestReport report() {
    return new TestReport(tests, Optional.ofNullable(doubt));
  }
}
