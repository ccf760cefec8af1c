package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.TestStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Django's own test runner prints. */
final class DjangoLog {

  private static final String VERSION = "--version is equivalent to version";
  private static final String MIGRATION =
      "Applying sites.0002_alter_domain_unique...test_no_migrations";
  private static final List<String> PASSED = List.of(" ... ok", " ... OK", " ...  OK");

  /** Output of the code under test that stands between a test's name and its "ok". */
  private static final List<Pattern> INTERRUPTED =
      List.of(
          Pattern.compile(
              "(?m)^(.*?)\\s\\.\\.\\.\\sTesting against Django installed in (?s:.*?) silenced\\)\\.\\nok$"),
          Pattern.compile("(?m)^(.*?)\\s\\.\\.\\.\\sInternal Server Error: /(.*)/\\nok$"),
          Pattern.compile(
              "(?m)^(.*?)\\s\\.\\.\\.\\sSystem check identified no issues \\(0 silenced\\)\\.?\\nok$"));

  private DjangoLog() {}

  static Map<String, TestStatus> parse(String log) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    String begun = "";
    for (String raw : log.split("\n")) {
      String line = raw.strip();
      if (line.contains(VERSION)) {
        tests.put(VERSION, TestStatus.PASSED);
      }
      if (line.contains(" ... ")) {
        begun = line.substring(0, line.indexOf(" ... "));
      }
      one(line, tests);
      if (line.startsWith("ok") && !begun.isEmpty()) {
        tests.put(begun, TestStatus.PASSED);
      }
    }
    for (Pattern pattern : INTERRUPTED) {
      Matcher matcher = pattern.matcher(log);
      while (matcher.find()) {
        tests.put(matcher.group(1), TestStatus.PASSED);
      }
    }
    return tests;
  }

  private static void one(String line, Map<String, TestStatus> tests) {
    for (String ending : PASSED) {
      if (line.endsWith(ending)) {
        String test = line.substring(0, line.length() - ending.length());
        // One test's name follows a migration's on the same line.
        tests.put(
            test.startsWith(MIGRATION) ? test.substring(test.indexOf("...") + 3).strip() : test,
            TestStatus.PASSED);
        break;
      }
    }
    if (line.contains(" ... skipped")) {
      tests.put(line.substring(0, line.indexOf(" ... skipped")), TestStatus.SKIPPED);
    }
    ending(line, " ... FAIL", TestStatus.FAILED, tests);
    ending(line, " ... ERROR", TestStatus.ERROR, tests);
    section(line, "FAIL:", TestStatus.FAILED, tests);
    section(line, "ERROR:", TestStatus.ERROR, tests);
  }

  private static void ending(
      String line, String ending, TestStatus status, Map<String, TestStatus> tests) {
    if (line.endsWith(ending)) {
      tests.put(line.substring(0, line.length() - ending.length()), status);
    }
  }

  private static void section(
      String line, String start, TestStatus status, Map<String, TestStatus> tests) {
    String[] words = line.split("\\s+");
    if (line.startsWith(start) && words.length > 1) {
      tests.put(words[1], status);
    }
  }
}
