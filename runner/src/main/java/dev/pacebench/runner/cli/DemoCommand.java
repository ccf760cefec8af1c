package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.page.BoardPage;
import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.Planner;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what needs no key, no network and no engine: simulated tiers at work in real sandboxes.
 *
 * <p>The only command that chooses a sandbox by itself; it says which, and why.
 */
@Command(
    name = "demo",
    description = "See it work: three simulated tiers on ten tasks, in real sandboxes.")
final class DemoCommand implements Callable<Integer> {

  static final String SET = "starter-terminal";
  private static final String LINEUP = "codex-spark";
  private static final int ATTEMPTS = 2;

  /** More than half of the processors: simulated models use none, and trials mostly wait. */
  private static final int SLOTS = 4;

  /** Easy, medium and hard ones that any machine can host, whose scripts are short. */
  private static final List<String> TASKS =
      List.of(
          "rotate-log",
          "sort-inbox",
          "lost-names",
          "booking-bugs",
          "ledger-report",
          "site-permissions",
          "slow-endpoints",
          "find-regression",
          "scrub-history",
          "ticket-counter");

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
        "Three simulated tiers play scripted work at their true pace, in real sandboxes; "
            + "no model is called.");
    int cpus = Runtime.getRuntime().availableProcessors();
    try (Session session = open(installation, first(sets))) {
      RunSettings settings =
          new RunSettings(
              RunIds.next(home, Instant.now()),
              Instant.now().toString(),
              List.of(SET),
              LINEUP,
              ATTEMPTS,
              SLOTS,
              1,
              Order.BY_ATTEMPT,
              session.provider().name(),
              1,
              RunCommand.DEFAULT_LIMIT,
              Optional.of("{" + String.join(",", TASKS) + "}"),
              List.of(),
              RunCommand.TRIES);
      Plan plan = Planner.plan(settings, lineup, sets, session.provider(), Inputs.rules(cli, cpus));
      plan.warnings().forEach(warning -> cli.warning(Cli.safe(warning, 300)));
      session.keep(plan);
      cli.note("run " + settings.runId() + ": " + plan.trials().size() + " trials");
      RunSummary summary = session.execute(plan);
      int code = RunReport.print(cli, session.store(), summary);
      if (code == 0) {
        explain(home, session, settings.runId());
      }
      return code;
    }
  }

  private static Task first(List<TaskSet> sets) {
    return sets.get(0).tasks().stream()
        .filter(task -> task.name().equals(TASKS.get(0)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(SET + " has no task " + TASKS.get(0)));
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

  private void explain(Home home, Session session, String runId) {
    Board board =
        Tables.of(session.store(), List.of(session.store().resolve(runId)), Tables.OPTIONS);
    cli.note("");
    Tradeoff.sentence(board).ifPresent(cli::note);
    cli.note(
        "It shows how Pacebench measures and compares; it shows nothing about any real model:");
    cli.note("pace, skill and work of these tiers are made up (lineup codex-spark).");
    cli.note("Evidence of every trial: " + home.run(runId).resolve("trials"));
    Path page = home.run(runId).resolve(BoardCommand.FILE);
    List<RunRow> run = List.of(session.store().resolve(runId));
    BoardFiles files = new BoardFiles(cli, page, false);
    ResultFile.write("board", page, BoardPage.html(files.data(session.store(), run)));
    cli.note("The same as a page with charts, for a browser: " + page);
  }
}
