package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.Judge;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which files of a change could make the tests lie: settings and plug-ins of the test runner,
 * programs that the test commands call, files beside the hidden tests.
 *
 * <p>They are taken from the base, except those that the reference solution changes too. Code under
 * test shares a process with its tests in most languages; against that nothing here helps.
 */
public final class SteeringFiles {

  private static final Set<String> PYTHON =
      Set.of(
          "conftest.py",
          "pytest.ini",
          ".pytest.ini",
          "tox.ini",
          "setup.cfg",
          "pyproject.toml",
          "sitecustomize.py",
          "usercustomize.py",
          ".coveragerc");

  /** What the runner imports; a file of that name in the working directory would come first. */
  private static final Set<String> PYTHON_MODULES =
      Set.of(
          "unittest",
          "pytest",
          "_pytest",
          "pluggy",
          "iniconfig",
          "site",
          "os",
          "sys",
          "re",
          "io",
          "time",
          "types",
          "enum",
          "signal",
          "weakref",
          "warnings",
          "traceback",
          "argparse",
          "functools",
          "contextlib",
          "collections",
          "difflib",
          "pprint",
          "inspect",
          "logging",
          "fnmatch",
          "asyncio",
          "concurrent",
          "linecache",
          "importlib",
          "pathlib",
          "runpy");

  private static final Set<String> JAVASCRIPT =
      Set.of("package.json", ".npmrc", ".babelrc", ".mocharc.js", ".mocharc.json", ".mocharc.yml");
  private static final Pattern JAVASCRIPT_CONFIG =
      Pattern.compile("(jest|vitest|babel)\\.config\\.[a-z]+");
  private static final Set<String> MAKE = Set.of("makefile", "gnumakefile");
  private static final Pattern TEST_FILE =
      Pattern.compile(
          "(?i)test_.*|.*_test\\.[a-z]+|.*\\.(test|spec)\\.[a-z]+|.*Tests?\\.java|conftest\\.py");

  private static final Pattern OF_TESTS = Pattern.compile("(?i)test|spec|check");

  private final String parser;
  private final String commands;
  private final Set<String> hidden;
  private final Set<String> folders;
  private final Set<String> reference;

  /**
   * Knows a task's own.
   *
   * @param hidden paths of the hidden tests
   * @param reference paths that the reference solution changes
   */
  public SteeringFiles(
      Judge.Commands judge, Collection<String> hidden, Collection<String> reference) {
    this.parser = judge.parser();
    this.commands = String.join("\n", judge.before()) + "\n" + judge.command();
    this.hidden = new TreeSet<>(hidden);
    this.reference = new TreeSet<>(reference);
    this.folders =
        hidden.stream()
            .map(SteeringFiles::folder)
            .filter(folder -> !folder.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Those of the touched paths that are taken from the base instead.
   *
   * @param added those that the base does not have
   */
  public List<String> among(Collection<String> touched, Collection<String> added) {
    return touched.stream()
        .filter(path -> !reference.contains(path))
        .filter(path -> steers(path, added.contains(path)))
        .toList();
  }

  private boolean steers(String path, boolean added) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return hidden.contains(path)
        || hidden.stream().anyMatch(test -> test.startsWith(path + "/"))
        || besideHidden(path, name)
        || (isPython() && (python(name) || (added && shadows(path))))
        || (isJavaScript() && javascript(path, name))
        || (calls("make") && MAKE.contains(name.toLowerCase(Locale.ROOT)))
        || isCalled(path);
  }

  /** Where hidden tests have a folder of their own, nothing else in it is the agent's affair. */
  private boolean besideHidden(String path, String name) {
    for (String folder : folders) {
      if (path.startsWith(folder + "/")) {
        boolean own = reference.stream().noneMatch(it -> it.startsWith(folder + "/"));
        if ((own && !reference.isEmpty()) || TEST_FILE.matcher(name).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPython() {
    return parser.equals("pytest") || parser.equals("unittest") || commands.contains("python");
  }

  private boolean isJavaScript() {
    return parser.equals("jest") || parser.equals("node") || calls("node") || calls("npm");
  }

  private static boolean python(String name) {
    return PYTHON.contains(name) || name.endsWith(".pth");
  }

  private static boolean shadows(String path) {
    String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    String module = first.endsWith(".py") ? first.substring(0, first.length() - 3) : first;
    return PYTHON_MODULES.contains(module);
  }

  private static boolean javascript(String path, String name) {
    return JAVASCRIPT.contains(name)
        || JAVASCRIPT_CONFIG.matcher(name).matches()
        || path.startsWith("node_modules/");
  }

  private boolean calls(String program) {
    return words().anyMatch(program::equals);
  }

  /**
   * Whether the commands name the file, and it is of the tests, such as {@code sh tests/run.sh}.
   */
  private boolean isCalled(String path) {
    return OF_TESTS.matcher(path).find()
        && words().anyMatch(word -> word.equals(path) || word.equals("./" + path));
  }

  private Stream<String> words() {
    return Arrays.stream(commands.split("[\\s;&|()'\"<>=]+"));
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }
}
