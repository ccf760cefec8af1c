package dev.pacebench.runner.cli;

import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.Planner;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.runner.plan.Slots;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what needs no key, no network and no engine.
 *
 * <p>The only command that chooses a sandbox by itself; it says which, and why.
 */
@Command(
    name = "demo",
    description = "See it work: reference solutions against doing nothing, in real sandboxes.")
final class DemoCommand implements Callable<Integer> {

  static final String SET = "starter-terminal";
  private static final String LINEUP = "oracle-nop";

  private final Cli cli;

  DemoCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Home home = cli.home();
    Installation installation = Installation.locate();
    Lineup lineup = Inputs.lineup(installation, LINEUP, cli);
    List<TaskSet> sets = Inputs.taskSets(installation, home, List.of(SET));
    cli.note(
        "Two contenders that are no models: `oracle` runs each task's reference solution, `nop` does nothing.");
    int cpus = Runtime.getRuntime().availableProcessors();
    int slots = Slots.byDefault(cpus, sets.get(0).tasks());
    try (Session session = open(installation, sets.get(0).tasks().get(0))) {
      RunSettings settings =
          new RunSettings(
              RunIds.next(home, Instant.now()),
              Instant.now().toString(),
              List.of(SET),
              LINEUP,
              1,
              slots,
              1,
              Order.BY_ATTEMPT,
              session.provider().name(),
              1,
              RunCommand.DEFAULT_LIMIT,
              Optional.empty(),
              List.of(),
              RunCommand.TRIES);
      Plan plan = Planner.plan(settings, lineup, sets, session.provider(), Inputs.rules(cli, cpus));
      plan.warnings().forEach(warning -> cli.warning(Cli.safe(warning, 300)));
      session.keep(plan);
      cli.note("run " + settings.runId() + ": " + plan.trials().size() + " trials");
      RunSummary summary = session.execute(plan);
      int code = RunReport.print(cli, session.store(), summary);
      if (code == 0) {
        explain(home, settings.runId());
      }
      return code;
    }
  }

  /** Docker when it can start the bundled tasks, else the local sandbox. */
  private Session open(Installation installation, Task first) {
    Session docker;
    try {
      docker = Session.open(cli, installation, Providers.DOCKER);
    } catch (SandboxException e) {
      cli.note(
          "Local sandbox, since Docker cannot be used here: "
              + Cli.safe(String.valueOf(e.getMessage()), 200));
      return Session.open(cli, installation, Providers.LOCAL);
    }
    try {
      docker.prepare(first);
      cli.note("Docker sandboxes, since an engine answers.");
      return docker;
    } catch (SandboxException e) {
      docker.close();
      cli.note(
          "Local sandbox: Docker answers, but the starter image cannot be made: "
              + Cli.safe(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), 200));
      return Session.open(cli, installation, Providers.LOCAL);
    }
  }

  private void explain(Home home, String runId) {
    cli.note("");
    cli.note(
        "What it means: accuracy is the share of tasks solved, with its 95 % interval over tasks;");
    cli.note(
        "the median is how long solved trials took in the agent phase. Oracle should reach 100 %,");
    cli.note(
        "nop 0 %: then the tasks can be solved, and are not solved already. Neither is a model.");
    cli.note("Evidence of every trial: " + home.run(runId).resolve("trials"));
  }
}
