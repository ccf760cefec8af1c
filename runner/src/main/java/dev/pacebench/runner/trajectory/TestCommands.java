package dev.pacebench.runner.trajectory;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether a command looks like running tests. */
public final class TestCommands {

  private static final int DEPTH = 3;

  /** No path is longer; patterns look at each place of a word again and again. */
  private static final int LONGEST_WORD = 4096;

  /** Programs that do nothing but run tests. */
  private static final Set<String> RUNNERS =
      Set.of(
          "pytest",
          "py.test",
          "tox",
          "nox",
          "ctest",
          "rspec",
          "phpunit",
          "jest",
          "vitest",
          "mocha",
          "ava",
          "bats",
          "prove",
          "nosetests",
          "gotestsum",
          "busted",
          "minitest");

  /** Programs that run tests when told so. */
  private static final Set<String> TOLD =
      Set.of(
          "npm",
          "pnpm",
          "yarn",
          "bun",
          "deno",
          "make",
          "gmake",
          "ninja",
          "mvn",
          "mvnw",
          "gradle",
          "gradlew",
          "cargo",
          "go",
          "dotnet",
          "mix",
          "rake",
          "swift",
          "sbt",
          "lein",
          "stack",
          "zig",
          "dune",
          "bazel",
          "meson",
          "composer",
          "dart",
          "flutter",
          "just",
          "task",
          "ant");

  private static final Pattern TELLS =
      Pattern.compile("(?:[\\w:.-]*:)?(?:test|tests|check|verify|nextest)(?:[:_-][\\w:.-]+)?");

  /** What stands before a command and is none itself. */
  private static final Set<String> BEFORE =
      Set.of(
          "sudo",
          "time",
          "env",
          "nice",
          "exec",
          "command",
          "nohup",
          "then",
          "do",
          "else",
          "if",
          "elif",
          "while",
          "until",
          "!",
          "{",
          "npx",
          "bunx",
          "xvfb-run",
          "stdbuf",
          "ionice",
          "timeout",
          "run",
          "poetry",
          "uv",
          "pipenv",
          "hatch",
          "pdm",
          "rye",
          "bundle",
          "coverage");

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "zsh", "ksh", ".", "source");
  private static final Pattern PYTHON = Pattern.compile("python[\\d.]*|pypy[\\d.]*");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);

  /** A script whose name says that it tests. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:.*[/_-])?(?:run[_-]?)?(?:all[_-]?)?(?:tests?|checks?|specs?)(?:[_-]\\w+)?(?:\\.sh)?");

  private static final Pattern TEST_FILE =
      Pattern.compile(
          "(?:.*/)?(?:test_\\w+|\\w+_tests?|tests?|run_?tests)\\.(?:py|js|mjs|cjs|ts|rb|pl|php)");

  private TestCommands() {}

  /** Whether some command of a shell script is one. */
  public static boolean in(String script) {
    return in(script, DEPTH);
  }

  private static boolean in(String script, int depth) {
    for (List<String> words : ShellWords.commands(script)) {
      if (is(words, depth)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(List<String> words, int depth) {
    int at = first(words);
    if (at == words.size()) {
      return false;
    }
    String written = words.get(at);
    String program = written.substring(written.lastIndexOf('/') + 1);
    List<String> rest = words.subList(at + 1, words.size());
    if (RUNNERS.contains(program)) {
      return true;
    }
    if (TOLD.contains(program)) {
      return rest.stream().anyMatch(TestCommands::tells);
    }
    if (PYTHON.matcher(program).matches()) {
      return python(rest);
    }
    if (program.equals("node") || program.equals("ruby") || program.equals("perl")) {
      return rest.contains("--test") || rest.stream().anyMatch(TestCommands::isTestFile);
    }
    if (SHELLS.contains(program)) {
      return shell(rest, depth);
    }
    // `test` itself compares; a path to something of that name runs it.
    return written.contains("/") && isScript(written) || isTestFile(written);
  }

  /** Place of the word that names the program. */
  private static int first(List<String> words) {
    boolean skipped = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean before = BEFORE.contains(word.substring(word.lastIndexOf('/') + 1));
      // `-u` alone takes a further word with all of these programs.
      boolean value = skipped && i > 0 && words.get(i - 1).equals("-u");
      boolean option = value || skipped && (word.startsWith("-") || word.matches("[\\d.]+[smhd]?"));
      if (!before && !option && !ASSIGNMENT.matcher(word).matches()) {
        return i;
      }
      skipped |= before;
    }
    return words.size();
  }

  private static boolean python(List<String> rest) {
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i);
      if (word.equals("-m")) {
        String module = i + 1 < rest.size() ? rest.get(i + 1) : "";
        return RUNNERS.contains(module)
            || module.equals("unittest")
            || module.equals("doctest")
            || (module.equals("coverage") && rest.contains("run"));
      }
      if (!word.startsWith("-")) {
        return isTestFile(word)
            || (word.endsWith("manage.py") && rest.contains("test"))
            || (word.endsWith("setup.py") && rest.contains("test"));
      }
    }
    return false;
  }

  private static boolean shell(List<String> rest, int depth) {
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i);
      if (word.matches("-[a-z]*c")) {
        return depth > 0 && i + 1 < rest.size() && in(rest.get(i + 1), depth - 1);
      }
      if (!word.startsWith("-")) {
        return isScript(word);
      }
    }
    return false;
  }

  private static boolean tells(String word) {
    return word.length() <= LONGEST_WORD && TELLS.matcher(word).matches();
  }

  private static boolean isScript(String word) {
    return word.length() <= LONGEST_WORD && SCRIPT.matcher(word).matches();
  }

  private static boolean isTestFile(String word) {
    return word.length() <= LONGEST_WORD && TEST_FILE.matcher(word).matches();
  }
}
