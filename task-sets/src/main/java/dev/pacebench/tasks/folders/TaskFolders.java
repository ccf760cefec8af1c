package dev.pacebench.tasks.folders;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
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
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sets that are folders of task folders: what they have in common, whatever a task's own files are.
 *
 * <p>Hidden folders are none of them, and links to tasks are refused.
 */
public final class TaskFolders {

  /** Files that make a folder a task of one format or another. */
  private static final List<String> MARKS = List.of("swe.toml", "task.toml", "task.yaml");

  private TaskFolders() {}

  /** What came of reading one task's folder; its errors and warnings are among the problems. */
  public record Read(Optional<Task> task, List<Problem> problems) {}

  /** The folders in a folder, sorted. */
  public static List<Path> children(Path directory) throws IOException {
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

  /** Whether a folder holds something of a name, be it only a link. */
  public static boolean has(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a folder is a task or holds one. */
  public static boolean hold(Path directory, Predicate<Path> isTask) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try {
      return isTask.test(directory) || children(directory).stream().anyMatch(isTask);
    } catch (IOException e) {
      return false;
    }
  }

  /** What is said of a folder that cannot be listed. */
  public static TaskException unreadable(Path directory) {
    return new TaskException(
        Problem.error(
            Show.path(directory), "cannot be read", "give yourself the right to read it"));
  }

  /** Finds the folders of the tasks of a set. */
  public interface Finder {
    List<Path> in(Path directory) throws IOException;
  }

  /**
   * Reads the tasks that a format finds in a folder.
   *
   * @throws TaskException with every error of every task
   */
  public static TaskSet read(
      String format, String name, Path directory, Finder finder, Function<Path, Read> reader) {
    try {
      Path real = directory.toRealPath();
      return read(format, name, real, finder.in(real), reader);
    } catch (IOException e) {
      throw unreadable(directory);
    }
  }

  /**
   * Reads the tasks side by side, since they do not depend on each other and may be thousands.
   *
   * @param format the format's name
   * @param name the set's name
   * @param directory of the set, without links
   * @param folders of the tasks
   * @throws TaskException with every error of every task
   */
  public static TaskSet read(
      String format, String name, Path directory, List<Path> folders, Function<Path, Read> reader) {
    List<Problem> problems = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (Read one : folders.parallelStream().map(folder -> readOne(folder, reader)).toList()) {
      problems.addAll(one.problems());
      one.task().ifPresent(tasks::add);
    }
    refuseOtherFormats(format, directory, folders, problems);
    refuseTwins(tasks, problems);
    List<Problem> errors =
        problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new TaskException(errors);
    }
    tasks.sort(Comparator.comparing(Task::name));
    return new TaskSet(name, directory, format, TaskDigester.digest(tasks), tasks, problems);
  }

  /** A task that is of no use to the set's format would be left out without a word. */
  private static void refuseOtherFormats(
      String format, Path directory, List<Path> folders, List<Problem> problems) {
    if (folders.contains(directory)) {
      return;
    }
    try {
      for (Path child : children(directory)) {
        Optional<String> mark = MARKS.stream().filter(it -> has(child, it)).findFirst();
        if (mark.isPresent() && !folders.contains(child)) {
          problems.add(
              Problem.error(
                  Show.path(child.resolve(mark.get())),
                  "makes a task of another format than its set's, which is " + format,
                  "put tasks of each format into a set of their own"));
        }
      }
    } catch (IOException e) {
      throw unreadable(directory);
    }
  }

  private static Read readOne(Path folder, Function<Path, Read> reader) {
    if (Files.isSymbolicLink(folder)) {
      return new Read(
          Optional.empty(),
          List.of(
              Problem.error(
                  Show.path(folder),
                  "is a link to a task",
                  "copy the task's folder into the set")));
    }
    return reader.apply(folder);
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
