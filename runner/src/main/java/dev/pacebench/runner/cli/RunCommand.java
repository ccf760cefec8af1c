package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.Planner;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.runner.plan.Slots;
import dev.pacebench.runner.trial.RecordedCalls;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans a run and runs it. */
@Command(
    name = "run",
    description = "Run contenders on tasks and print how they compare.",
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  static final int MAX_ATTEMPTS = 1000;
  static final int MAX_SLOTS = 256;
  static final int TRIES = 3;
  static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

  private final Cli cli;

  @Option(
      names = {"-t", "--tasks"},
      required = true,
      paramLabel = "SET",
      description = "A task set: bundled or imported name, folder or archive; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = {"-l", "--lineup"},
      required = true,
      paramLabel = "LINEUP",
      description = "Who competes: the name of a ready lineup, or a YAML file.")
  private String lineup = "";

  @Option(
      names = {"-k", "--attempts"},
      paramLabel = "K",
      description = "Attempts per task and contender (default: 1).")
  private int attempts = 1;

  @Option(
      names = {"-j", "--slots"},
      paramLabel = "N",
      description = "Trials at a time (default: half of the processors, fewer if tasks need more).")
  private @Nullable Integer slots;

  @Option(names = "--only", paramLabel = "GLOB", description = "Only tasks whose name matches.")
  private @Nullable String only;

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description = "Only this contender of the lineup; may be repeated.")
  private List<String> contenders = new ArrayList<>();

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      description = "docker, or local: for machines without an engine (default: docker).")
  private String sandbox = Providers.DOCKER;

  @Option(names = "--seed", paramLabel = "N", description = "Of every shuffle (default: 1).")
  private long seed = 1;

  @Option(
      names = "--timeout-factor",
      paramLabel = "X",
      description = "Multiplies the time limits of all tasks (default: 1).")
  private double timeoutFactor = 1;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "by-attempt, or by-task where images do not all fit the disk (default: by-attempt).")
  private String order = "by-attempt";

  RunCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    checkNumbers();
    Providers.checkName(sandbox);
    Order chosenOrder = order();
    Home home = cli.home();
    Installation installation = Installation.locate();
    Lineup read = Inputs.lineup(installation, lineup, cli);
    List<TaskSet> taskSets = Inputs.taskSets(installation, home, sets);
    List<Task> tasks = taskSets.stream().flatMap(set -> set.tasks().stream()).toList();
    int cpus = Runtime.getRuntime().availableProcessors();
    RunSettings settings =
        new RunSettings(
            RunIds.next(home, Instant.now()),
            Instant.now().toString(),
            sets.stream().map(set -> Inputs.lastingSet(installation, home, set)).toList(),
            Inputs.lastingLineup(installation, lineup),
            attempts,
            slots == null ? Slots.byDefault(cpus, tasks) : slots,
            seed,
            chosenOrder,
            sandbox,
            timeoutFactor,
            DEFAULT_LIMIT,
            Optional.ofNullable(only),
            contenders,
            TRIES);
    try (Session session = Session.open(cli, installation, sandbox)) {
      Plan plan =
          Planner.plan(settings, read, taskSets, session.provider(), Inputs.rules(cli, cpus));
      plan.warnings().forEach(warning -> cli.warning(Cli.safe(warning, 400)));
      RecordedCalls.requireAll(home, read, plan.trials());
      session.keep(plan);
      cli.note("run " + settings.runId());
      return RunReport.print(cli, session.store(), session.execute(plan));
    }
  }

  private void checkNumbers() {
    require(attempts >= 1 && attempts <= MAX_ATTEMPTS, "-k " + attempts, "1 to " + MAX_ATTEMPTS);
    require(
        slots == null || (slots >= 1 && slots <= MAX_SLOTS), "-j " + slots, "1 to " + MAX_SLOTS);
    require(
        timeoutFactor > 0 && timeoutFactor <= 1000,
        "--timeout-factor " + timeoutFactor,
        "more than 0, up to 1000");
  }

  static void require(boolean holds, String where, String range) {
    if (!holds) {
      throw new UserError(where, "is out of range", "give a number in the range " + range);
    }
  }

  private Order order() {
    return switch (order) {
      case "by-attempt" -> Order.BY_ATTEMPT;
      case "by-task" -> Order.BY_TASK;
      default ->
          throw new UserError(
              "--order " + order, "there is no such order", "use by-attempt or by-task");
    };
  }
}
