package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.check.CheckEngine;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.LineupFile;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlanRules;
import dev.pacebench.runner.trial.ChangeRuns;
import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs the trials of a check as those of a run, in a home that is removed at the end, unless
 * somebody shall look at what went wrong.
 */
final class CheckSession implements CheckEngine, AutoCloseable {

  /** An author's own task may use what it asks for. */
  private static final String LINEUP =
      """
      task_network: true
      verify_network: true
      contenders:
        - {name: oracle, agent: oracle}
        - {name: nop, agent: nop}
      """;

  private final Cli cli;
  private final Home home;
  private final Session session;
  private final Lineup lineup;
  private boolean ran;
  private boolean keep;

  private CheckSession(Cli cli, Home home, Session session, Lineup lineup) {
    this.cli = cli;
    this.home = home;
    this.session = session;
    this.lineup = lineup;
  }

  static CheckSession open(Cli cli, Installation installation, String sandbox) {
    Home home = null;
    boolean opened = false;
    try {
      home = new Home(Files.createTempDirectory("pacebench-check-"));
      HomeFolders.make(home);
      Path file = Files.writeString(home.root().resolve("lineup.yaml"), LINEUP);
      Lineup lineup = LineupFile.read(file, cli.catalog().known());
      Session session = Session.passing(cli, installation, sandbox, home);
      opened = true;
      return new CheckSession(cli, home, session, lineup);
    } catch (IOException e) {
      throw new InfrastructureError(
          "no temporary folder can be made: " + e.getMessage(), "check free space of /tmp", e);
    } finally {
      if (!opened && home != null) {
        delete(home);
      }
    }
  }

  Lineup lineup() {
    return lineup;
  }

  @Override
  public SandboxProvider provider() {
    return session.provider();
  }

  @Override
  public PlanRules rules() {
    return Inputs.rules(cli, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void prepare(Task task) {
    session.prepareAll(task);
  }

  @Override
  public List<TrialRecord> run(Plan plan) {
    ran = true;
    session.keep(plan);
    RunSummary summary = session.execute(plan);
    if (!summary.isComplete()) {
      throw new InfrastructureError(
          summary.failure().isEmpty()
              ? "the check was stopped after "
                  + summary.done()
                  + " of "
                  + summary.planned()
                  + " trials"
              : "the check could not go on: " + summary.failure(),
          "start it again");
    }
    return session.store().results(List.of(plan.settings().runId()));
  }

  @Override
  public ChangeResult judge(Task task, byte[] patch) throws InterruptedException, IOException {
    ran = true;
    Path folder = Files.createDirectories(home.runs().resolve("judged"));
    return new ChangeRuns(session.provider(), true, cli.env(), home.scratch())
        .judge(task, patch, Files.createTempDirectory(folder, task.name() + "-"));
  }

  @Override
  public Path evidence(TrialRecord record) {
    return home.root().resolve(record.evidence());
  }

  /** Leaves the evidence where it is, if there is any. */
  Optional<Path> keep() {
    keep = ran;
    return keep ? Optional.of(home.runs()) : Optional.empty();
  }

  @Override
  public void close() {
    session.close();
    if (!keep) {
      delete(home);
    }
  }

  private static void delete(Home home) {
    try {
      FileTrees.delete(home.root());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + home.root(), e);
    }
  }
}
