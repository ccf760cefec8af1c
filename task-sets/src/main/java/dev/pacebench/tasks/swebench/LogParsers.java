package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.swe.TestParsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The log parsers that rows may name, with or without {@code parse_log_} in front. */
final class LogParsers {

  private static final String PREFIX = "parse_log_";

  private static final Map<String, LogParser> OWN =
      new TreeMap<>(
          Map.of(
              "pytest", PytestLogs::plain,
              "pytest_v2", PytestLogs::second,
              "pytest_options", PytestLogs::options,
              "matplotlib", PytestLogs::matplotlib,
              "seaborn", PytestLogs::seaborn,
              "django", DjangoLog::parse,
              "sympy", SympyLog::parse));

  /** Names of repositories stand for the parser that theirs is. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("astropy", "pytest_v2"),
          Map.entry("scikit", "pytest_v2"),
          Map.entry("sphinx", "pytest_v2"),
          Map.entry("requests", "pytest_options"),
          Map.entry("pylint", "pytest_options"),
          Map.entry("pydicom", "pytest_options"),
          Map.entry("flask", "pytest"),
          Map.entry("xarray", "pytest"),
          Map.entry("astroid", "pytest"),
          Map.entry("marshmallow", "pytest"),
          Map.entry("pvlib", "pytest"),
          Map.entry("pyvista", "pytest"),
          Map.entry("sqlfluff", "pytest"),
          Map.entry("gotest", "go"));

  private LogParsers() {}

  static List<String> names() {
    List<String> names = new ArrayList<>(OWN.keySet());
    names.addAll(List.of("go", "jest", "junit", "tap"));
    return names;
  }

  static boolean knows(String name) {
    return find(name) != null;
  }

  static LogParser named(String name) {
    return Optional.ofNullable(find(name))
        .orElseThrow(() -> new IllegalArgumentException("no log parser " + name));
  }

  private static @Nullable LogParser find(String name) {
    String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    String key = ALIASES.getOrDefault(plain, plain);
    LogParser own = OWN.get(key);
    if (own != null) {
      return own;
    }
    return List.of("go", "jest", "junit", "tap").contains(key)
        ? log -> TestParsers.named(key).parse(log).tests()
        : null;
  }
}
