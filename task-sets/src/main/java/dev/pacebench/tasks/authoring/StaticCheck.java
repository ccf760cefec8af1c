package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import java.util.List;

/** All that can be said of a task without running anything of it. */
public final class StaticCheck {

  private StaticCheck() {}

  /** What is to be said of a task that could be read, worst first. */
  public static List<Finding> of(Task task) {
    Findings out = new Findings(task.name());
    TaskText text = new TaskText(task);
    LeakRule.examine(text, out);
    PinRule.examine(text, out);
    NetworkNeed.examine(text, out);
    LimitRule.examine(text, out);
    NameRule.examine(text, out);
    ScriptRule.examine(text, out);
    ScriptsRule.examine(text, out);
    List<Finding> rules = out.all();
    task.warnings().stream()
        // What a rule calls an error need not be called a warning, too.
        .filter(problem -> rules.stream().noneMatch(it -> isErrorAt(it, problem)))
        .forEach(problem -> out.warning(problem.where(), problem.what(), problem.remedy()));
    return out.all().stream()
        .distinct()
        .sorted((one, other) -> one.severity().compareTo(other.severity()))
        .toList();
  }

  private static boolean isErrorAt(Finding finding, Problem problem) {
    return finding.severity() == Finding.Severity.ERROR
        && finding.where().startsWith(problem.where());
  }
}
