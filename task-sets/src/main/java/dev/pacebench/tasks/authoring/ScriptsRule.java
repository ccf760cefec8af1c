package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.files.TreeEntry;
import java.util.List;
import java.util.regex.Pattern;

/** Finds tasks that simulated tiers cannot play. */
final class ScriptsRule {

  private static final Pattern GOOD = Pattern.compile("(?m)^path:\\s*good\\b");
  private static final Pattern WRONG = Pattern.compile("(?m)^path:\\s*wrong\\b");

  private ScriptsRule() {}

  static void examine(TaskText text, Findings out) {
    List<TreeEntry> scripts = text.files("simulated");
    if (scripts.isEmpty()) {
      return;
    }
    boolean good = has(text, scripts, GOOD);
    boolean wrong = has(text, scripts, WRONG);
    if (!good || !wrong) {
      out.hint(
          TaskText.where(scripts.get(0)).replaceFirst("/[^/]*$", ""),
          "has no script of a " + (good ? "wrong" : "good") + " path",
          "add one, so that simulated tiers of every skill can play the task");
    }
  }

  private static boolean has(TaskText text, List<TreeEntry> scripts, Pattern path) {
    return scripts.stream()
        .anyMatch(file -> text.text(file).filter(it -> path.matcher(it).find()).isPresent());
  }
}
