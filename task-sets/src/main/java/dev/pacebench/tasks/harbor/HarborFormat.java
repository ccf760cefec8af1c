package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.folders.TaskFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Task folders of the Harbor format, which Terminal-Bench 2 uses, in schema versions 1.0 to 1.4.
 *
 * <p>A set is a folder of task folders. Other files and folders beside the tasks are ignored, as
 * are hidden ones; a folder with an instruction or tests but no task.toml counts as a broken task.
 */
public final class HarborFormat implements TaskFormat {

  private static final List<String> MARKS = List.of("task.toml", "instruction.md", "tests/test.sh");

  private final DigestMemory memory;

  public HarborFormat() {
    this(DigestMemory.NONE);
  }

  /** Reads no file of an unchanged task for its digests. */
  public HarborFormat(DigestMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "harbor";
  }

  @Override
  public boolean recognises(Path directory) {
    return TaskFolders.hold(directory, HarborFormat::looksLikeTask);
  }

  @Override
  public TaskSet read(String name, Path directory) {
    Path real = folder(directory);
    return TaskFolders.read(name(), name, real, tasksOf(real), folder -> readTask(name, folder));
  }

  private TaskFolders.Read readTask(String name, Path folder) {
    TaskReader reader = new TaskReader(name, folder, memory);
    Optional<Task> task = reader.read();
    return new TaskFolders.Read(task, reader.problems());
  }

  private static Path folder(Path directory) {
    String shown = Show.path(directory);
    if (!Files.exists(directory)) {
      throw new TaskException(Problem.error(shown, "does not exist", "check the path"));
    }
    if (!Files.isDirectory(directory)) {
      throw new TaskException(
          Problem.error(shown, "is not a folder", "give a folder of tasks, or one task's folder"));
    }
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw TaskFolders.unreadable(directory);
    }
  }

  private static List<Path> tasksOf(Path directory) {
    if (looksLikeTask(directory)) {
      return List.of(directory);
    }
    try {
      List<Path> folders = taskFolders(directory);
      if (folders.isEmpty()) {
        throw new TaskException(
            Problem.error(Show.path(directory), "holds no task", hint(directory)));
      }
      return folders;
    } catch (IOException e) {
      throw TaskFolders.unreadable(directory);
    }
  }

  private static String hint(Path directory) throws IOException {
    for (Path child : TaskFolders.children(directory)) {
      if (!taskFolders(child).isEmpty()) {
        return "give " + Show.path(child) + ", which holds tasks";
      }
    }
    return "a task is a folder with task.toml, instruction.md, environment/ and tests/test.sh";
  }

  private static List<Path> taskFolders(Path directory) throws IOException {
    return TaskFolders.children(directory).stream().filter(HarborFormat::looksLikeTask).toList();
  }

  private static boolean looksLikeTask(Path folder) {
    return MARKS.stream().anyMatch(mark -> TaskFolders.has(folder, mark));
  }
}
