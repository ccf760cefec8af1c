package dev.pacebench.tasks.sets;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A set that can be named on the command line.
 *
 * @param directory where it is read from
 * @param set what it is; absent when it is broken
 * @param imported how it came to its name, for an imported one
 * @param problems what makes the set unusable; empty for a usable one
 */
public record ListedSet(
    String name,
    Origin origin,
    Path directory,
    Optional<TaskSet> set,
    Optional<ImportRecord> imported,
    List<Problem> problems) {

  /** Where a named set comes from. */
  public enum Origin {
    BUNDLED,
    IMPORTED
  }

  public ListedSet {
    requireNonNull(name, "name is null");
    requireNonNull(origin, "origin is null");
    problems = List.copyOf(problems);
  }

  public boolean usable() {
    return set.isPresent();
  }

  /** Number of tasks, 0 when the set is broken. */
  public int tasks() {
    return set.map(it -> it.tasks().size()).orElse(0);
  }

  /** The set's digest, empty when the set is broken. */
  public String digest() {
    return set.map(TaskSet::digest).orElse("");
  }
}
