package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.TaskDigester;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try {
      return looksLikeTask(directory) || !taskFolders(directory).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public TaskSet read(String name, Path directory) {
    List<Problem> problems = new ArrayList<>();
    Path real = folder(directory);
    List<Task> tasks = new ArrayList<>();
    // Tasks do not depend on each other, and sets may have thousands.
    List<Read> read = tasksOf(real).parallelStream().map(folder -> readTask(name, folder)).toList();
    for (Read one : read) {
      problems.addAll(one.problems());
      one.task().ifPresent(tasks::add);
    }
    refuseTwins(tasks, problems);
    List<Problem> errors =
        problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new TaskException(errors);
    }
    tasks.sort(Comparator.comparing(Task::name));
    return new TaskSet(name, real, name(), TaskDigester.digest(tasks), tasks, problems);
  }

  private record Read(Optional<Task> task, List<Problem> problems) {}

  private Read readTask(String name, Path folder) {
    if (Files.isSymbolicLink(folder)) {
      return new Read(
          Optional.empty(),
          List.of(
              Problem.error(
                  Show.path(folder),
                  "is a link to a task",
                  "copy the task's folder into the set")));
    }
    TaskReader reader = new TaskReader(name, folder, memory);
    Optional<Task> task = reader.read();
    return new Read(task, reader.problems());
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
      throw unreadable(directory);
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
      throw unreadable(directory);
    }
  }

  private static String hint(Path directory) throws IOException {
    for (Path child : children(directory)) {
      if (!taskFolders(child).isEmpty()) {
        return "give " + Show.path(child) + ", which holds tasks";
      }
    }
    return "a task is a folder with task.toml, instruction.md, environment/ and tests/test.sh";
  }

  private static List<Path> taskFolders(Path directory) throws IOException {
    return children(directory).stream().filter(HarborFormat::looksLikeTask).toList();
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path folder : stream) {
        if (!String.valueOf(folder.getFileName()).startsWith(".")) {
          folders.add(folder);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(folders);
    return folders;
  }

  private static boolean looksLikeTask(Path folder) {
    return MARKS.stream().anyMatch(m -> Files.exists(folder.resolve(m), LinkOption.NOFOLLOW_LINKS));
  }

  private static void refuseTwins(List<Task> tasks, List<Problem> problems) {
    Map<String, Task> seen = new HashMap<>();
    for (Task task : tasks) {
      Task twin = seen.putIfAbsent(task.name().toLowerCase(Locale.ROOT), task);
      if (twin != null) {
        problems.add(
            Problem.error(
                Show.path(task.directory()),
                "has the name \"" + task.name() + "\", like " + Show.path(twin.directory()),
                "give one of them another name; upper and lower case do not tell them apart"));
      }
    }
  }

  private static TaskException unreadable(Path directory) {
    return new TaskException(
        Problem.error(
            Show.path(directory), "cannot be read", "give yourself the right to read it"));
  }
}
