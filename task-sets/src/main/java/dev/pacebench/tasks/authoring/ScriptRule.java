package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding.Severity;
import dev.pacebench.tasks.files.TreeEntry;
import java.util.List;
import java.util.regex.Pattern;

/** Finds scripts that will not run as their author means, and tests that never give a reward. */
final class ScriptRule {

  private static final Pattern REWARD = Pattern.compile("reward\\.(txt|json)|\\breward\\b");
  private static final Pattern STOPS = Pattern.compile("(?m)^\\s*set\\s+-[a-z]*e|^#!.*\\s-e\\b");
  private static final Pattern CAUGHT = Pattern.compile("\\btrap\\b[^\\n]*\\bEXIT\\b");

  private ScriptRule() {}

  static void examine(TaskText text, Findings out) {
    for (TreeEntry file : text.files("environment", "tests", "solution", "steps")) {
      text.text(file).ifPresent(content -> script(file, content, out));
    }
    for (String entry : List.of("tests/test.sh", "solution/solve.sh")) {
      text.tree()
          .find(entry)
          .filter(file -> file.kind() == TreeEntry.Kind.FILE && !file.executable())
          .ifPresent(
              file ->
                  out.hint(
                      TaskText.where(file),
                      "may not be executed, so bash runs it whatever its first line says",
                      "chmod +x " + file.path()));
    }
    boolean writes = text.task().verifier().printed().isEmpty();
    if (text.task().change().isEmpty() && writes) {
      reward(text, text.task(), out);
    }
  }

  private static void script(TreeEntry file, String content, Findings out) {
    int carriage = content.indexOf("\r\n");
    boolean dockerfile = file.path().matches("(.*/)?Dockerfile");
    boolean script = TaskText.isScript(file, content);
    if (carriage >= 0 && (script || dockerfile)) {
      int line = (int) content.substring(0, carriage).lines().count();
      out.add(
          script ? Severity.ERROR : Severity.WARNING,
          TaskText.where(file, Math.max(1, line)),
          "lines end with carriage returns, which a shell takes for part of each command",
          "convert it: sed -i 's/\\r$//' " + file.path());
    }
    if (file.executable() && script && !content.startsWith("#!")) {
      out.warning(
          TaskText.where(file, 1),
          "may be executed, but does not say by what",
          "begin it with #!/bin/sh or #!/bin/bash");
    }
  }

  /** What judges must write a reward however the tests end. */
  private static void reward(TaskText text, Task task, Findings out) {
    List<TreeEntry> tests =
        text.files("tests", "steps").stream()
            .filter(file -> !file.path().matches("steps/[^/]+/(solution|workdir)/.*"))
            .toList();
    boolean written =
        tests.stream()
            .anyMatch(file -> text.text(file).filter(it -> REWARD.matcher(it).find()).isPresent());
    if (!written) {
      out.error(
          TaskText.where(tests.isEmpty() ? text.tree().entries().get(0) : first(tests)),
          "no test writes a reward",
          "let it end by writing 1 or 0 to /logs/verifier/reward.txt, whatever came before");
      return;
    }
    for (TreeEntry file : tests) {
      if (file.path().endsWith("test.sh")) {
        text.text(file)
            .filter(it -> STOPS.matcher(it).find() && REWARD.matcher(it).find())
            .filter(it -> !CAUGHT.matcher(it).find())
            .ifPresent(
                it ->
                    out.warning(
                        TaskText.where(file),
                        "stops at the first command that fails, so a failed test may leave no"
                            + " reward",
                        "leave out `set -e`, or write the reward in `trap ... EXIT`"));
      }
    }
  }

  private static TreeEntry first(List<TreeEntry> tests) {
    return tests.stream()
        .filter(file -> file.path().endsWith("test.sh"))
        .findFirst()
        .orElse(tests.get(0));
  }
}
