package dev.pacebench.runner.cli;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.batch.Evaluation;
import dev.pacebench.runner.batch.Rebuild;
import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.cli.progress.LiveView;
import dev.pacebench.runner.cli.progress.PlainView;
import dev.pacebench.runner.cli.progress.ProgressModel;
import dev.pacebench.runner.cli.progress.ProgressView;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunFiles;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.serve.LowPriority;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A home taken for running: its lock, database and sandbox provider.
 *
 * <p>They close in the reverse order of their opening, so the lock goes last.
 */
final class Session implements AutoCloseable {

  private static final long HALT_SECONDS = 20;
  private static final int INSTALL_END_ROUNDS = 100;

  private final Cli cli;
  private final Home home;
  private final boolean lasting;
  private final Owner owner = Owner.self();
  private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
  private final SandboxProvider provider;
  private final RunStore store;

  private Optional<Gateway> gateway = Optional.empty();
  private volatile @Nullable Evaluation running;
  private volatile ProgressView view = ProgressView.SILENT;
  private volatile String hint = "";
  private volatile @Nullable Thread installing;

  private Session(
      Cli cli,
      Installation installation,
      String sandbox,
      Home home,
      @Nullable String databaseUrl,
      boolean lasting) {
    this.cli = cli;
    this.home = home;
    this.lasting = lasting;
    LowPriority.refuse();
    try {
      opened.push(OwnerLock.take(home, owner));
      opened.push(LogFile.open(home, cli.isVerbose()));
      // Before the provider, which makes a folder of its own there.
      clearScratch();
      opened.push(new Signals(this::stop, this::halt));
      this.provider = opened(Providers.makeWorking(sandbox, home, owner, installation));
      provider
          .reap()
          .forEach(line -> cli.note("removed what a dead run left: " + Cli.safe(line, 200)));
      this.store =
          new RunStore(opened(Rebuild.open(home, databaseUrl, new FolderEvidence(), owner)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Takes the home, or says who has it. */
  static Session open(Cli cli, Installation installation, String sandbox) {
    return new Session(cli, installation, sandbox, cli.home(), cli.databaseUrl(), true);
  }

  /** Takes a home that nobody will come back to, with a database of its own. */
  static Session passing(Cli cli, Installation installation, String sandbox, Home home) {
    return new Session(cli, installation, sandbox, home, null, false);
  }

  /** Removes what a killed runner left; the lock proves that nobody uses it. */
  private void clearScratch() {
    try (Stream<Path> children = Files.list(home.scratch())) {
      for (Path child : children.toList()) {
        // The local provider's own folder tells it what else is left.
        if (!child.endsWith(Providers.LOCAL)) {
          FileTrees.delete(child);
        }
      }
    } catch (IOException e) {
      cli.warning(
          "old files stay in "
              + home.scratch()
              + ": "
              + Cli.safe(String.valueOf(e.getMessage()), 200));
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  SandboxProvider provider() {
    return provider;
  }

  RunStore store() {
    return store;
  }

  /**
   * Makes a task's image ready, and with it what such images start from.
   *
   * @throws dev.pacebench.sandbox.SandboxException when that is not possible here
   */
  void prepare(Task task) {
    provider.prepare(TaskImages.agent(task));
  }

  /** As above, and what a separate verifier works in. */
  void prepareAll(Task task) {
    TaskImages.all(task).forEach(provider::prepare);
  }

  /**
   * Opens the way to a plan's models and stores it, so that it can be resumed whatever happens
   * next. A plan whose keys or agents are missing is not stored.
   */
  void keep(Plan plan) {
    provideAgents(plan);
    gateway = gateway(plan);
    RunFiles.write(home, plan);
    store.create(plan);
  }

  private static List<Contender> contenders(Plan plan) {
    return plan.trials().stream().map(PlannedTrial::contender).distinct().toList();
  }

  private void provideAgents(Plan plan) {
    installing = Thread.currentThread();
    try {
      cli.catalog().provide(contenders(plan));
    } finally {
      installing = null;
    }
  }

  private Optional<Gateway> gateway(Plan plan) {
    List<Contender> contenders = contenders(plan);
    if (contenders.stream().allMatch(contender -> contender.model().isEmpty())) {
      return Optional.empty();
    }
    try {
      return Optional.of(opened(Gateway.start(plan.lineup(), contenders, cli.env())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InfrastructureError("stopped while the gateway started", "start again");
    }
  }

  /** Runs a kept plan to its end, or to where it is stopped. */
  RunSummary execute(Plan plan) {
    String runId = plan.settings().runId();
    Agents agents = cli.catalog().agents();
    FolderEvidence evidence = new FolderEvidence();
    DefaultTrialRunner trials =
        new DefaultTrialRunner(
            home,
            plan.settings(),
            plan.lineup(),
            provider,
            evidence,
            agents,
            gateway,
            Ticker.SYSTEM,
            cli.env());
    if (lasting) {
      hint = "`pacebench resume " + runId + cli.homeArgument() + "`";
    }
    try (ProgressView shown = view(runId);
        Evaluation evaluation = new Evaluation(home, plan, store, evidence, trials, owner, shown)) {
      view = shown;
      running = evaluation;
      return evaluation.run();
    } finally {
      running = null;
    }
  }

  private ProgressView view(String runId) {
    if (cli.isQuiet()) {
      return ProgressView.SILENT;
    }
    ProgressModel model = new ProgressModel(runId, Ticker.SYSTEM);
    boolean dumb = cli.env().getOrDefault("TERM", "dumb").equals("dumb");
    if (!Terminal.isTerminal(2) || dumb || cli.isVerbose()) {
      return new PlainView(model, cli.err());
    }
    return new LiveView(model, cli.err(), new TerminalWidth());
  }

  /** The first signal. */
  private void stop() {
    Evaluation evaluation = running;
    if (evaluation == null) {
      halt();
    } else {
      view.message("stopping: running trials are given up; once more stops at once");
      evaluation.stop();
    }
  }

  /** Ends the process; sandboxes go first, but not even they may hold it up for long. */
  private void halt() {
    Thread installer = installing;
    if (installer != null) {
      // It ends what it started, such as npm, which would outlive this process.
      installer.interrupt();
      awaitNothingInstalling();
    }
    // Not through the field: the signal may come while the constructor still makes the provider.
    Thread closing = new Thread(this::closeProvider, "pacebench-halt");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(TimeUnit.SECONDS.toMillis(HALT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    view.close();
    cli.err().println("error: stopped at once");
    cli.err().println("remedy: " + (hint.isEmpty() ? "start again" : "go on with " + hint));
    cli.err().flush();
    Runtime.getRuntime().halt(Errors.INFRASTRUCTURE);
  }

  private void awaitNothingInstalling() {
    try {
      for (int i = 0; i < INSTALL_END_ROUNDS && installing != null; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeProvider() {
    opened.stream()
        .filter(SandboxProvider.class::isInstance)
        .forEach(part -> ((SandboxProvider) part).close());
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        cli.warning("closing failed: " + Cli.safe(String.valueOf(e), 200));
      }
    }
  }
}
