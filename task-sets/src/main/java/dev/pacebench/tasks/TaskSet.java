package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Tasks of one format under one name.
 *
 * @param digest SHA-256 over the sorted names and task digests
 * @param tasks sorted by name
 * @param warnings what was tolerated, of the set and of all its tasks
 */
public record TaskSet(
    String name,
    Path directory,
    String format,
    String digest,
    List<Task> tasks,
    List<Problem> warnings) {

  public TaskSet {
    requireNonNull(name, "name is null");
    tasks = List.copyOf(tasks);
    warnings = List.copyOf(warnings);
  }
}
