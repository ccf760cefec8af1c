package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.check.CheckReport;
import dev.pacebench.runner.check.CheckSettings;
import dev.pacebench.runner.check.TaskChecker;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.plan.Slots;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.sets.ReadTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks tasks: their files, their reference solution, and that doing nothing fails. */
@Command(
    name = "check",
    description = "Check tasks: files, reference solution, and that doing nothing fails.",
    sortOptions = false)
final class TasksCheckCommand implements Callable<Integer> {

  private static final int MOST_TIMES = 100;

  private final Cli cli;

  @Parameters(
      index = "0",
      paramLabel = "SET",
      description = "A task set or task: bundled or imported name, folder or archive.")
  private String set = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TASK",
      description = "Only these tasks of it (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "How often the reference solution and doing nothing are tried; 0 looks at files only"
              + " (default: 3).")
  private int times = 3;

  @Option(
      names = {"-j", "--slots"},
      paramLabel = "N",
      description = "Trials at a time (default: half of the processors, fewer if tasks need more).")
  private @Nullable Integer slots;

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      description = "docker, or local: for machines without an engine (default: docker).")
  private String sandbox = Providers.DOCKER;

  @Option(
      names = "--fix",
      description = "Write what was found out into the tasks: lists of deciding tests.")
  private boolean fix;

  TasksCheckCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Providers.checkName(sandbox);
    RunCommand.require(times >= 0 && times <= MOST_TIMES, "-n " + times, "0 to " + MOST_TIMES);
    RunCommand.require(
        slots == null || (slots >= 1 && slots <= RunCommand.MAX_SLOTS),
        "-j " + slots,
        "1 to " + RunCommand.MAX_SLOTS);
    long start = System.nanoTime();
    Installation installation = Installation.locate();
    List<ReadTask> read = chosen(installation.taskSets(cli.home()).each(set));
    List<Task> tasks = read.stream().flatMap(one -> one.task().stream()).toList();
    int cpus = Runtime.getRuntime().availableProcessors();
    CheckSettings settings =
        new CheckSettings(times, slots == null ? Slots.byDefault(cpus, tasks) : slots, fix);
    TaskChecker checker = new TaskChecker(settings, TasksCheckCommand::scripts, cli::note);
    List<Task> readable = checker.look(read);
    String name = tasks.isEmpty() ? set : tasks.get(0).set();
    if (times == 0 || readable.isEmpty()) {
      return print(checker, name, start);
    }
    try (CheckSession session = CheckSession.open(cli, installation, sandbox)) {
      checker.run(readable, session.lineup(), session);
      int code = print(checker, name, start);
      if (code != 0) {
        session.keep().ifPresent(folder -> cli.note("evidence: " + folder));
      }
      return code;
    }
  }

  private int print(TaskChecker checker, String name, long start) {
    CheckReport report = checker.report(name, (System.nanoTime() - start) / 1e9);
    if (cli.isJson()) {
      cli.json(CheckPrinter.document(report));
    } else {
      cli.out().print(CheckPrinter.text(report, cli.colourOut(), cli.isQuiet()));
      cli.out().flush();
    }
    return report.clean() ? 0 : 1;
  }

  private List<ReadTask> chosen(List<ReadTask> all) {
    List<String> known = all.stream().map(ReadTask::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            Cli.safe(name, 80), "the set has no such task", Nearest.hint(name, known));
      }
    }
    return names.isEmpty() ? all : all.stream().filter(one -> names.contains(one.name())).toList();
  }

  private static Optional<Finding> scripts(Task task) {
    if (task.digests().simulated().isEmpty()) {
      return Optional.empty();
    }
    try {
      Scripts.read(task);
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(
          Finding.error(
              task.name(),
              Show.path(task.directory().resolve(Scripts.FOLDER)),
              String.valueOf(e.getMessage()),
              e.remedy()));
    }
  }
}
