package dev.pacebench.runner.cli;

import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.sets.ImportRecord;
import dev.pacebench.tasks.sets.ListedSet;
import dev.pacebench.tasks.sets.TaskSets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists task sets, or the tasks of one. */
@Command(name = "list", description = "List task sets, or the tasks of one.")
final class TasksListCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      paramLabel = "SET",
      arity = "0..1",
      description = "A task set: name, folder or archive.")
  private @Nullable String set;

  TasksListCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    TaskSets sets = Installation.locate().taskSets(cli.home());
    if (set == null) {
      listSets(sets);
    } else {
      listTasks(sets.resolve(set));
    }
    return 0;
  }

  private void listSets(TaskSets sets) {
    Columns columns =
        new Columns("set", "from", "format", "tasks", "difficulty", "categories", "digest");
    for (ListedSet listed : sets.list()) {
      Map<String, Long> difficulties = counts(listed, Metadata::difficulty);
      Map<String, Long> categories = counts(listed, Metadata::category);
      String format = listed.set().map(TaskSet::format).orElse("");
      if (cli.isJson()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("task_set", listed.name());
        object.put("origin", listed.origin().name().toLowerCase(Locale.ROOT));
        object.put("directory", listed.directory().toString());
        object.put("format", format);
        object.put("tasks", listed.tasks());
        object.put("difficulty", difficulties);
        object.put("category", categories);
        object.put("digest", listed.digest());
        object.put("source", listed.imported().map(ImportRecord::source).orElse(null));
        object.put("problems", listed.problems().stream().map(Object::toString).toList());
        cli.json(object);
      } else {
        columns.row(
            listed.name(),
            origin(listed),
            format.isEmpty() ? "-" : format,
            listed.usable() ? Integer.toString(listed.tasks()) : "broken",
            shown(difficulties),
            categories.size() + (categories.size() == 1 ? " category" : " categories"),
            cut(listed.digest()));
        listed.problems().stream()
            .limit(3)
            .forEach(problem -> cli.warning(Cli.safe(problem.toString(), 300)));
      }
    }
    if (!cli.isJson()) {
      cli.out().print(columns.text());
    }
  }

  private static String origin(ListedSet listed) {
    return listed
        .imported()
        .map(record -> record.mode() == ImportRecord.Mode.COPY ? "imported" : "reference")
        .orElseGet(() -> listed.origin().name().toLowerCase(Locale.ROOT));
  }

  private static String shown(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> counts(
      ListedSet listed, Function<Metadata, Optional<String>> property) {
    return listed.set().stream()
        .flatMap(set -> set.tasks().stream())
        .collect(
            Collectors.groupingBy(
                task -> property.apply(task.metadata()).orElse("unstated"),
                TreeMap::new,
                Collectors.counting()));
  }

  private void listTasks(TaskSet found) {
    Columns columns = new Columns("task", "difficulty", "category", "limit", "solution", "digest");
    for (Task task : found.tasks()) {
      if (cli.isJson()) {
        cli.json(TasksShowCommand.document(task));
      } else {
        columns.row(
            task.name(),
            task.metadata().difficulty().orElse("-"),
            task.metadata().category().orElse("-"),
            task.agent().timeout().map(limit -> limit.toSeconds() + " s").orElse("default"),
            task.solvable() ? "yes" : "no",
            cut(task.digest()));
      }
    }
    if (!cli.isJson()) {
      cli.out().print(columns.text());
    }
    if (!cli.isJson()) {
      cli.note(
          found.tasks().size()
              + " tasks of "
              + Cli.safe(found.name(), 80)
              + " ("
              + found.format()
              + "), digest "
              + cut(found.digest()));
    }
    found.warnings().stream()
        .map(Object::toString)
        .distinct()
        .limit(10)
        .forEach(warning -> cli.warning(Cli.safe(warning, 300)));
  }

  private static String cut(String digest) {
    return digest.isEmpty() ? "-" : digest.substring(0, Math.min(12, digest.length()));
  }
}
