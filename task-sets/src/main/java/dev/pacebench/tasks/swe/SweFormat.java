package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.SweDigester;
import dev.pacebench.tasks.folders.TaskFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Task folders of our own format for changing a repository, recognised by {@code swe.toml}.
 *
 * <p>A set is a folder of such folders. A folder with an issue and a repository but no swe.toml
 * counts as a broken task; anything else beside the tasks is ignored.
 */
public final class SweFormat implements TaskFormat {

  private final DigestMemory memory;

  /** Reads no file of an unchanged task for its digests. */
  public SweFormat(DigestMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "swe";
  }

  @Override
  public boolean recognises(Path directory) {
    return TaskFolders.hold(directory, folder -> TaskFolders.has(folder, SweDigester.TASK_FILE));
  }

  @Override
  public TaskSet read(String name, Path directory) {
    return TaskFolders.read(
        name(), name, directory, SweFormat::tasksOf, folder -> readOne(name, folder));
  }

  private TaskFolders.Read readOne(String set, Path folder) {
    SweTaskReader reader = new SweTaskReader(set, folder, memory);
    Optional<Task> task = reader.read();
    return new TaskFolders.Read(task, reader.problems());
  }

  private static List<Path> tasksOf(Path directory) throws IOException {
    if (TaskFolders.has(directory, SweDigester.TASK_FILE)) {
      return List.of(directory);
    }
    List<Path> tasks = new ArrayList<>();
    for (Path child : TaskFolders.children(directory)) {
      if (TaskFolders.has(child, SweDigester.TASK_FILE)
          || (TaskFolders.has(child, "issue.md")
              && (TaskFolders.has(child, "repo") || TaskFolders.has(child, "repo.bundle")))) {
        tasks.add(child);
      }
    }
    return tasks;
  }
}
