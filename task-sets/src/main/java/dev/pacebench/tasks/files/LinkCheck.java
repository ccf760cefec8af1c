package dev.pacebench.tasks.files;

import dev.pacebench.tasks.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports the links of a tree that lead astray, and removes those that no one may follow. */
final class LinkCheck {

  private final Map<String, TreeEntry> entries;
  private final List<Problem> problems;

  LinkCheck(Map<String, TreeEntry> entries, List<Problem> problems) {
    this.entries = entries;
    this.problems = problems;
  }

  void run() {
    Links links = links(entries.values());
    List<TreeEntry> all =
        entries.values().stream().filter(e -> e.kind() == TreeEntry.Kind.LINK).toList();
    for (TreeEntry link : all) {
      Links.Destination destination = links.resolve(link.path());
      if (destination instanceof Links.Inside inside) {
        warnOfParts(link, inside.path());
        continue;
      }
      entries.remove(link.path());
      String target = Show.text(link.linkTarget().orElse(""));
      problems.add(
          destination instanceof Links.Loop
              ? Problem.error(
                  Show.path(link.file()),
                  "the link to " + target + " leads in a circle",
                  "point it at a file of the task")
              : Problem.error(
                  Show.path(link.file()),
                  "the link to " + target + " leads out of the task",
                  "copy the file into the task, or use a relative link that stays inside"));
    }
  }

  static Links links(Collection<TreeEntry> entries) {
    Map<String, String> targets = new HashMap<>();
    entries.forEach(e -> e.linkTarget().ifPresent(target -> targets.put(e.path(), target)));
    return new Links(targets);
  }

  /** Each part of a task enters the sandbox alone, so a link between parts breaks there. */
  private void warnOfParts(TreeEntry link, String target) {
    if (!link.path().contains("/")) {
      return;
    }
    String part = link.path().substring(0, link.path().indexOf('/'));
    if (!target.equals(part) && !target.startsWith(part + "/")) {
      problems.add(
          Problem.warning(
              Show.path(link.file()),
              "the link leads out of " + part + "/ and will be broken in the sandbox",
              "copy the file into " + part + "/"));
    } else if (!entries.containsKey(target)) {
      problems.add(
          Problem.warning(
              Show.path(link.file()),
              "the link leads to nothing",
              "add " + Show.text(target) + ", or remove the link"));
    }
  }
}
