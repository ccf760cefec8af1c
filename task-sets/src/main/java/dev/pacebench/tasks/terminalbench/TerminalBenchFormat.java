package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.TaskDigester;
import dev.pacebench.tasks.digest.TerminalBenchDigester;
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
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try {
      return isTask(directory)
          || children(directory).stream().anyMatch(TerminalBenchFormat::isTask);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public TaskSet read(String name, Path directory) {
    List<Problem> problems = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    Path real;
    List<Path> folders;
    try {
      real = directory.toRealPath();
      folders = tasksOf(real);
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(
              Show.path(directory), "cannot be read", "give yourself the right to read it"));
    }
    // Tasks do not depend on each other.
    for (Read read : folders.parallelStream().map(folder -> readOne(name, folder)).toList()) {
      problems.addAll(read.problems());
      read.task().ifPresent(tasks::add);
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

  private Read readOne(String set, Path folder) {
    if (Files.isSymbolicLink(folder)) {
      return new Read(
          Optional.empty(),
          List.of(
              Problem.error(
                  Show.path(folder),
                  "is a link to a task",
                  "copy the task's folder into the set")));
    }
    TerminalBenchReader reader = new TerminalBenchReader(set, folder, memory);
    Optional<Task> task = reader.read();
    return new Read(task, reader.problems());
  }

  private static List<Path> tasksOf(Path directory) throws IOException {
    if (isTask(directory)) {
      return List.of(directory);
    }
    return children(directory).stream()
        .filter(child -> isTask(child) || has(child, TerminalBenchReader.TESTS_SCRIPT))
        .toList();
  }

  private static boolean isTask(Path folder) {
    return has(folder, TerminalBenchDigester.TASK_FILE) && !has(folder, "task.toml");
  }

  private static boolean has(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
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
}
