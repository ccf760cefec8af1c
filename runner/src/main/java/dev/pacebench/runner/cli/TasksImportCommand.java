package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.sets.ImportRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a set a name in this home, and pins what it is. */
@Command(
    name = "import",
    description = "Give a task set a name in this home, and pin what it is.",
    sortOptions = false)
final class TasksImportCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A folder of tasks, one task, a file of rows, or an archive (default with --accept:"
              + " where it was imported from before).")
  private @Nullable String path;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What `-t` will know it by.")
  private String name = "";

  @Option(names = "--copy", description = "Copy its files into the home (the default).")
  private boolean copy;

  @Option(
      names = "--reference",
      description = "Leave its files where they are; runs refuse them once they change.")
  private boolean reference;

  @Option(
      names = "--accept",
      description = "Put it in the place of what has the name, as its files are now.")
  private boolean accept;

  TasksImportCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (copy && reference) {
      throw new UserError("--copy --reference", "contradict each other", "give one of the two");
    }
    if (path == null && !accept) {
      throw new UserError(
          "PATH", "is missing", "say what to import; only --accept knows from before");
    }
    Home home = cli.home();
    // A run that goes on reads the files of its sets.
    try (OwnerLock lock = OwnerLock.take(home, Owner.self())) {
      TaskSet set =
          Installation.locate()
              .taskSets(home)
              .importSet(
                  Optional.ofNullable(path),
                  name,
                  reference ? ImportRecord.Mode.REFERENCE : ImportRecord.Mode.COPY,
                  accept);
      print(set);
    }
    return 0;
  }

  private void print(TaskSet set) {
    String mode = (reference ? ImportRecord.Mode.REFERENCE : ImportRecord.Mode.COPY).name();
    if (cli.isJson()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("task_set", set.name());
      object.put("mode", mode.toLowerCase(Locale.ROOT));
      object.put("format", set.format());
      object.put("tasks", set.tasks().size());
      object.put("digest", set.digest());
      object.put("directory", set.directory().toString());
      cli.json(object);
    } else {
      int count = set.tasks().size();
      cli.line(
          "imported "
              + set.name()
              + (reference ? " by reference: " : ": ")
              + count
              + (count == 1 ? " task" : " tasks")
              + ", digest "
              + set.digest().substring(0, 12));
    }
    cli.note("next: pacebench run -t " + set.name() + " -l oracle-nop" + cli.homeArgument());
  }
}
