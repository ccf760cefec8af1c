package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.TerminalBenchDigester;
import dev.pacebench.tasks.folders.TaskFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Task folders of Terminal-Bench 1, recognised by {@code task.yaml}.
 *
 * <p>A set is a folder of such folders; anything else in it is ignored, but a folder with tests to
 * run and no task.yaml counts as a broken task. A folder that has a task.toml, too, was converted
 * to Harbor's format and is left to that one.
 */
public final class TerminalBenchFormat implements TaskFormat {

  private final DigestMemory memory;

  /** Reads no file of an unchanged task for its digests. */
  public TerminalBenchFormat(DigestMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "terminal-bench-1";
  }

  @Override
  public boolean recognises(Path directory) {
    return TaskFolders.hold(directory, TerminalBenchFormat::isTask);
  }

  @Override
  public TaskSet read(String name, Path directory) {
    return TaskFolders.read(
        name(), name, directory, TerminalBenchFormat::tasksOf, folder -> readOne(name, folder));
  }

  private TaskFolders.Read readOne(String set, Path folder) {
    TerminalBenchReader reader = new TerminalBenchReader(set, folder, memory);
    Optional<Task> task = reader.read();
    return new TaskFolders.Read(task, reader.problems());
  }

  private static List<Path> tasksOf(Path directory) throws IOException {
    if (isTask(directory)) {
      return List.of(directory);
    }
    return TaskFolders.children(directory).stream()
        .filter(child -> isTask(child) || TaskFolders.has(child, TerminalBenchReader.TESTS_SCRIPT))
        .toList();
  }

  private static boolean isTask(Path folder) {
    return TaskFolders.has(folder, TerminalBenchDigester.TASK_FILE)
        && !TaskFolders.has(folder, "task.toml");
  }
}
