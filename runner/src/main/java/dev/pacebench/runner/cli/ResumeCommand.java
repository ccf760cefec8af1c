package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.Planner;
import dev.pacebench.runner.plan.RecordedPlan;
import dev.pacebench.runner.plan.RunFile;
import dev.pacebench.runner.plan.RunFiles;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.trial.RecordedCalls;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run that ended early, or adds to one. */
@Command(name = "resume", description = "Go on with a run that was stopped or broke off.")
final class ResumeCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(paramLabel = "RUN", description = "Run id, unique prefix of one, or latest.")
  private String run = "";

  @Option(names = "--lost", description = "Try lost trials again.")
  private boolean lost;

  @Option(
      names = {"-k", "--attempts"},
      paramLabel = "MORE",
      description = "Add this many attempts per task and contender.")
  private int more;

  @Option(
      names = {"-j", "--slots"},
      paramLabel = "N",
      description = "Trials at a time from now on.")
  private @Nullable Integer slots;

  ResumeCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Integer wanted = slots;
    RunCommand.require(
        wanted == null || (wanted >= 1 && wanted <= RunCommand.MAX_SLOTS),
        "-j " + wanted,
        "1 to " + RunCommand.MAX_SLOTS);
    RunCommand.require(
        more >= 0 && more < RunCommand.MAX_ATTEMPTS,
        "-k " + more,
        "0 to " + (RunCommand.MAX_ATTEMPTS - 1));
    Home home = cli.home();
    Installation installation = Installation.locate();
    String runId = Readers.read(cli, store -> store.resolve(run).runId());
    RunFile file = RunFiles.readFile(home, runId);
    RunSettings settings = file.settings();
    Plan plan = recorded(installation, home, file);
    if (wanted != null) {
      plan = plan.withSettings(plan.settings().withSlots(wanted));
    }
    if (more > 0) {
      int attempts = settings.attempts() + more;
      RunCommand.require(
          attempts <= RunCommand.MAX_ATTEMPTS,
          "-k " + more,
          "up to " + RunCommand.MAX_ATTEMPTS + " attempts in all");
      plan = Planner.extend(plan, attempts);
      RecordedCalls.requireAll(
          home,
          plan.lineup(),
          plan.trials().stream().filter(trial -> trial.attempt() > settings.attempts()).toList());
    }
    try (Session session = Session.open(cli, installation, settings.sandbox())) {
      Planner.checkImages(plan, session.provider());
      session.keep(plan);
      session.store().liftSuspensions(runId);
      if (lost) {
        cli.note(session.store().reopenLost(runId) + " lost trials are tried again");
      }
      cli.note("run " + runId);
      return RunReport.print(cli, session.store(), session.execute(plan));
    }
  }

  private Plan recorded(Installation installation, Home home, RunFile file) {
    RunSettings settings = file.settings();
    Lineup lineup;
    try {
      lineup = Inputs.lineup(installation, settings.lineup(), cli);
    } catch (UserError e) {
      throw new UserError(
          "run " + settings.runId(),
          "its lineup cannot be read any more: " + e.getMessage(),
          e.remedy() + "; or start a new run with `pacebench run`");
    }
    return RecordedPlan.of(file, lineup, Inputs.taskSets(installation, home, settings.taskSets()));
  }
}
