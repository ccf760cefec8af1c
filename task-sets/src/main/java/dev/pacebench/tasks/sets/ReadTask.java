package dev.pacebench.tasks.sets;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A task of a set that was read by itself.
 *
 * @param name the task's, or its folder's where it cannot be read
 * @param task absent when it cannot be read
 * @param problems what makes it unreadable; empty for a task
 */
public record ReadTask(String name, Path folder, Optional<Task> task, List<Problem> problems) {

  public ReadTask {
    requireNonNull(name, "name is null");
    problems = List.copyOf(problems);
  }

  static ReadTask of(Task task) {
    return new ReadTask(task.name(), task.directory(), Optional.of(task), List.of());
  }
}
