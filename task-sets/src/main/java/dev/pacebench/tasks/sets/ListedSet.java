package dev.pacebench.tasks.sets;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A set that can be named on the command line.
 *
 * @param tasks number of tasks, 0 when the set is broken
 * @param digest the set's digest, empty when the set is broken
 * @param problems what makes the set unusable; empty for a usable one
 */
public record ListedSet(
    String name, Origin origin, Path directory, int tasks, String digest, List<Problem> problems) {

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
    return problems.isEmpty();
  }
}
