package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Task;
import java.util.List;

/** All that can be said of a task without running anything of it. */
public final class StaticCheck {

  private StaticCheck() {}

  /** What is to be said of a task that could be read, worst first. */
  public static List<Finding> of(Task task) {
    Findings out = new Findings(task.name());
    task.warnings()
        .forEach(problem -> out.warning(problem.where(), problem.what(), problem.remedy()));
    TaskText text = new TaskText(task);
    LeakRule.examine(text, out);
    PinRule.examine(text, out);
    NetworkNeed.examine(text, out);
    LimitRule.examine(text, out);
    NameRule.examine(text, out);
    ScriptRule.examine(text, out);
    ScriptsRule.examine(text, out);
    return out.all().stream()
        .distinct()
        .sorted((one, other) -> one.severity().compareTo(other.severity()))
        .toList();
  }
}
