package dev.pacebench.runner.plan;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Chooses the tasks and contenders that were asked for. */
final class TaskSelection {

  private TaskSelection() {}

  /** Tasks of all sets whose name matches. */
  static List<Task> tasks(List<TaskSet> sets, Optional<String> only) {
    List<Task> all =
        sets.stream().flatMap(set -> set.tasks().stream()).collect(Collectors.toList());
    if (only.isEmpty()) {
      return all;
    }
    PathMatcher matcher = matcher(only.get());
    List<Task> chosen =
        all.stream()
            .filter(task -> task.name().equals(only.get()) || matcher.matches(Path.of(task.name())))
            .collect(Collectors.toList());
    if (chosen.isEmpty()) {
      Set<String> names =
          all.stream().map(Task::name).collect(Collectors.toCollection(LinkedHashSet::new));
      List<String> near = Nearest.list(only.get().replaceAll("[*?\\[\\]{}]", ""), names, 5);
      throw new UserError(
          "--only " + only.get(),
          "matches none of " + all.size() + " tasks",
          near.isEmpty()
              ? "`pacebench tasks list SET` shows their names"
              : "did you mean " + String.join(", ", near) + "?");
    }
    return chosen;
  }

  /** Whether a task was asked for by its very name. */
  static boolean isNamed(Task task, Optional<String> only) {
    return only.map(task.name()::equals).orElse(false);
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new UserError(
          "--only " + glob,
          "is no pattern: " + e.getDescription(),
          "use * for any characters, ? for one, [ab] or {one,two} for a choice");
    }
  }

  /** The contenders that were named, or all. */
  static List<Contender> contenders(List<Contender> all, List<String> names) {
    if (names.isEmpty()) {
      return all;
    }
    List<String> known = all.stream().map(Contender::name).collect(Collectors.toList());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            "--contender " + name,
            "the lineup has no contender of that name",
            Nearest.hint(name, known));
      }
    }
    return all.stream().filter(one -> names.contains(one.name())).collect(Collectors.toList());
  }
}
