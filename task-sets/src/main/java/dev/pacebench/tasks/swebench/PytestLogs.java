package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.TestStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The readers of pytest's output, which differ by repository. */
final class PytestLogs {

  private static final String STATUS = "PASSED|FAILED|ERROR|SKIPPED|XFAIL";
  private static final Pattern FIRST = Pattern.compile("(" + STATUS + ")\\s+(\\S+)(.*)");
  private static final Pattern LAST =
      Pattern.compile("(\\S+(?: \\S+)*?)\\s+(" + STATUS + ")(?:\\s+\\[ *\\d+%\\])?\\s*");
  private static final Pattern COUNT = Pattern.compile("\\[\\d+\\]");
  private static final Pattern COLOUR = Pattern.compile("\\[\\d+m");
  private static final Pattern CONTROLS = Pattern.compile("[\\x01-\\x1f]");
  private static final Pattern OPTION = Pattern.compile("(.*?)\\[(.*)\\].*");

  private PytestLogs() {}

  /** A status and then a name without blanks. */
  static Map<String, TestStatus> plain(String log) {
    return read(log, UnaryOperator.identity(), false, UnaryOperator.identity());
  }

  /** Colours are dropped, names may have blanks, and the status may stand at the line's end. */
  static Map<String, TestStatus> second(String log) {
    return read(
        log,
        line -> CONTROLS.matcher(COLOUR.matcher(line).replaceAll("")).replaceAll(""),
        true,
        UnaryOperator.identity());
  }

  /** Of an option that is a path only its last part is kept. */
  static Map<String, TestStatus> options(String log) {
    return read(log, UnaryOperator.identity(), false, PytestLogs::shortOption);
  }

  /** Names of mouse buttons stand for their numbers. */
  static Map<String, TestStatus> matplotlib(String log) {
    return read(
        log,
        line -> line.replace("MouseButton.LEFT", "1").replace("MouseButton.RIGHT", "3"),
        false,
        UnaryOperator.identity());
  }

  /** Only passed and failed tests count; the status may come second. */
  static Map<String, TestStatus> seaborn(String log) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    for (String line : log.split("\n")) {
      String[] words = line.strip().split("\\s+");
      if (words.length < 2) {
        continue;
      }
      if (line.startsWith("FAILED")) {
        tests.put(words[1], TestStatus.FAILED);
      } else if (line.startsWith("PASSED")) {
        tests.put(words[1], TestStatus.PASSED);
      } else if (words[1].equals("PASSED")) {
        tests.put(words[0], TestStatus.PASSED);
      }
    }
    return tests;
  }

  private static Map<String, TestStatus> read(
      String log, UnaryOperator<String> clean, boolean blanks, UnaryOperator<String> name) {
    Map<String, TestStatus> tests = new LinkedHashMap<>();
    for (String raw : log.split("\n")) {
      String line = clean.apply(raw).stripTrailing();
      Matcher first = FIRST.matcher(line);
      if (first.matches()) {
        first(first, blanks).ifPresent(it -> tests.put(name.apply(it), status(first.group(1))));
        continue;
      }
      Matcher last = LAST.matcher(line);
      if (last.matches() && (blanks || !last.group(1).contains(" "))) {
        tests.put(name.apply(last.group(1)), status(last.group(2)));
      }
    }
    return tests;
  }

  private static Optional<String> first(Matcher line, boolean blanks) {
    String name = line.group(2);
    if (line.group(1).equals("SKIPPED") && COUNT.matcher(name).matches()) {
      return Optional.empty();
    }
    if (blanks) {
      String all = name + line.group(3);
      int reason = all.indexOf(" - ");
      name = (reason < 0 ? all : all.substring(0, reason)).stripTrailing();
    }
    return Optional.of(name);
  }

  private static String shortOption(String name) {
    Matcher option = OPTION.matcher(name);
    if (!option.matches()) {
      return name;
    }
    String value = option.group(2);
    if (value.startsWith("/") && !value.startsWith("//") && !value.contains("*")) {
      value = value.substring(value.lastIndexOf('/'));
    }
    return option.group(1) + "[" + value + "]";
  }

  private static TestStatus status(String word) {
    return TestStatus.valueOf(word);
  }
}
