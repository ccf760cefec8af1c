package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.swe.PatchPaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the script that tests an older row, which brings none. */
final class EvalScripts {

  private static final String ACTIVATE =
      "source /opt/miniconda3/bin/activate\nconda activate testbed\n";

  /** Files of a test patch that are no tests themselves. */
  private static final Pattern DATA =
      Pattern.compile("(?i).*\\.(json|png|csv|txt|md|jpg|jpeg|pkl|yml|yaml|toml)");

  private static final Pattern HEADER = Pattern.compile("(?m)^diff --git a/.* b/(.*)$");

  private EvalScripts() {}

  static String make(RepositorySpec spec, String base, String testPatch) {
    String checkout =
        "git checkout " + base + " " + String.join(" ", quoted(existing(testPatch))) + "\n";
    String end = "EOF_114329324912";
    while (testPatch.contains(end)) {
      end += "0";
    }
    StringBuilder script = new StringBuilder("#!/bin/bash\nset -uxo pipefail\n");
    script.append(ACTIVATE).append("cd /testbed\n");
    spec.prepare().forEach(command -> script.append(command).append('\n'));
    script
        .append("git config --global --add safe.directory /testbed\ncd /testbed\n")
        .append("git status\ngit show\ngit -c core.fileMode=false diff ")
        .append(base)
        .append('\n')
        .append(ACTIVATE)
        .append(spec.install())
        .append('\n');
    if (!existing(testPatch).isEmpty()) {
      script.append(checkout);
    }
    script
        .append("git apply -v - <<'")
        .append(end)
        .append("'\n")
        .append(testPatch)
        .append(testPatch.endsWith("\n") ? "" : "\n")
        .append(end)
        .append("\n: '")
        .append(EvalLog.START)
        .append("'\n")
        .append(spec.test())
        .append(' ')
        .append(String.join(" ", quoted(directives(spec, testPatch))))
        .append("\nSWEBENCH_TEST_EXIT_CODE=$?\n: '")
        .append(EvalLog.END)
        .append("'\necho \"")
        .append(EvalLog.EXIT)
        .append("$SWEBENCH_TEST_EXIT_CODE\"\n");
    if (!existing(testPatch).isEmpty()) {
      script.append(checkout);
    }
    return script.toString();
  }

  /** What to hand to the test command: the files of the patch that are tests. */
  static List<String> directives(RepositorySpec spec, String testPatch) {
    List<String> directives = new ArrayList<>();
    Matcher header = HEADER.matcher(testPatch);
    while (header.find()) {
      String path = header.group(1);
      if (!DATA.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
        directives.add(spec.dotted() ? dotted(path) : path);
      }
    }
    return directives.stream().distinct().toList();
  }

  private static String dotted(String path) {
    String module = path.endsWith(".py") ? path.substring(0, path.length() - 3) : path;
    return (module.startsWith("tests/") ? module.substring("tests/".length()) : module)
        .replace('/', '.');
  }

  /** Files that are in the base: git cannot check out those that the test patch adds. */
  private static Set<String> existing(String testPatch) {
    Set<String> paths = new TreeSet<>();
    for (String part : testPatch.split("(?m)^(?=diff --git )")) {
      if (part.startsWith("diff --git ") && !part.contains("\nnew file mode")) {
        paths.addAll(PatchPaths.of(part.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return paths;
  }

  private static List<String> quoted(Iterable<String> paths) {
    List<String> quoted = new ArrayList<>();
    for (String path : paths) {
      quoted.add(path.matches("[A-Za-z0-9_./=-]+") ? path : "'" + path.replace("'", "'\\''") + "'");
    }
    return quoted;
  }
}
