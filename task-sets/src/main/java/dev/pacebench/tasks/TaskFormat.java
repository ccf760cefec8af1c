package dev.pacebench.tasks;

import java.nio.file.Path;

/** Reads the task sets of one published format. */
public interface TaskFormat {

  /** The format's name, as {@code tasks list} prints it. */
  String name();

  /** Whether the directory looks like a set, or a single task, of this format. */
  boolean recognises(Path directory);

  /**
   * Reads a whole set.
   *
   * @param name the set's name
   * @param directory a folder of tasks, or one task
   * @throws TaskException with every error of every task
   */
  TaskSet read(String name, Path directory);
}
