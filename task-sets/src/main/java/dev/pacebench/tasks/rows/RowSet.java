package dev.pacebench.tasks.rows;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.TaskDigester;
import dev.pacebench.tasks.files.Show;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a task set of a file of rows. */
public final class RowSet {

  /** Makes a task of a row, or reports why it cannot. */
  @FunctionalInterface
  public interface Reader {
    Optional<Task> read(Row row, Path file, List<Problem> problems);
  }

  private record Read(String where, Optional<Task> task, List<Problem> problems) {}

  private RowSet() {}

  /**
   * Reads all rows.
   *
   * @param path a file of rows, or a folder that holds one
   * @throws TaskException with every error of every row
   */
  public static TaskSet read(String name, Path path, String format, Reader reader) {
    Path file = RowFile.in(path).orElseThrow(() -> noFile(path));
    List<Problem> problems = new ArrayList<>();
    List<Row> rows = RowFile.read(file, problems);
    if (rows.isEmpty() && problems.isEmpty()) {
      problems.add(Problem.error(Show.path(file), "holds no row", "put tasks into it"));
    }
    List<Task> tasks = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    for (Read read : rows.parallelStream().map(row -> read(row, file, reader)).toList()) {
      problems.addAll(read.problems());
      if (read.task().isPresent()) {
        Task task = read.task().get();
        String twin = places.putIfAbsent(task.name().toLowerCase(Locale.ROOT), read.where());
        if (twin != null) {
          problems.add(
              Problem.error(
                  read.where() + ": instance_id",
                  "is \"" + task.name() + "\", as in " + twin,
                  "keep one of the rows"));
        }
        tasks.add(task);
      }
    }
    List<Problem> errors =
        problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new TaskException(errors);
    }
    tasks.sort(Comparator.comparing(Task::name));
    return new TaskSet(name, file, format, TaskDigester.digest(tasks), tasks, problems);
  }

  private static Read read(Row row, Path file, Reader reader) {
    List<Problem> problems = new ArrayList<>();
    Optional<Task> task = reader.read(row, file, problems);
    boolean wrong = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    return new Read(row.where(), wrong ? Optional.empty() : task, problems);
  }

  private static TaskException noFile(Path path) {
    return new TaskException(
        Problem.error(
            Show.path(path),
            "holds no single file of rows",
            "give the file itself, with one of the endings " + String.join(", ", RowFile.ENDINGS)));
  }
}
