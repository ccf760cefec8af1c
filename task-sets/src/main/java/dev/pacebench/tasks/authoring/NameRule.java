package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.files.TreeEntry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds files whose names some disks cannot tell apart. */
final class NameRule {

  private NameRule() {}

  static void examine(TaskText text, Findings out) {
    Map<String, String> seen = new HashMap<>();
    for (TreeEntry entry : text.tree().entries()) {
      String twin = seen.putIfAbsent(entry.path().toLowerCase(Locale.ROOT), entry.path());
      if (twin != null) {
        out.warning(
            TaskText.where(entry),
            "differs from " + twin + " in upper and lower case alone",
            "rename one of them: some disks have room for one only");
      }
    }
  }
}
