package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderStatus;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Examines this machine. */
final class Doctor {

  private static final long FREE_BYTES_WANTED = 5L << 30;
  private static final int OLDEST_JAVA = 17;

  private final Cli cli;
  private final Installation installation;
  private final List<Finding> findings = new ArrayList<>();
  private boolean someSandboxWorks;
  private boolean lineupIsBad;
  private boolean lineupLacks;

  Doctor(Cli cli, Installation installation) {
    this.cli = cli;
    this.installation = installation;
  }

  /**
   * 2 when the lineup's file is bad, else 3 when no sandbox works or the lineup lacks something.
   */
  int exitCode() {
    if (lineupIsBad) {
      return Errors.BAD_INPUT;
    }
    return someSandboxWorks && !lineupLacks ? 0 : Errors.INFRASTRUCTURE;
  }

  List<Finding> examine(@Nullable String lineup) {
    java();
    home();
    for (String name : Providers.NAMES) {
      sandbox(name);
    }
    if (lineup != null) {
      lineup(lineup);
    }
    return List.copyOf(findings);
  }

  private void add(Finding.State state, String check, String what, String remedy) {
    findings.add(new Finding(state, check, what, remedy));
  }

  private void java() {
    Runtime.Version version = Runtime.version();
    String what =
        "Java "
            + version
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + Version.number();
    if (version.feature() >= OLDEST_JAVA) {
      add(Finding.State.OK, "java", what, "");
    } else {
      add(Finding.State.FAIL, "java", what, "use Java 17 or newer");
    }
  }

  private void home() {
    Home home = cli.home();
    Path existing = home.root();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      add(
          Finding.State.FAIL,
          "home",
          home.root() + " cannot be written",
          "choose another with --home");
      return;
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      String what = home.root() + ", " + (free >> 30) + " GB free";
      if (free < FREE_BYTES_WANTED) {
        add(Finding.State.WARN, "home", what, "free some space; images and evidence need a few GB");
      } else {
        add(Finding.State.OK, "home", what, "");
      }
    } catch (IOException e) {
      add(Finding.State.WARN, "home", home.root() + ": free space is unknown", "");
    }
  }

  private void sandbox(String name) {
    try {
      Path aside = Files.createTempDirectory("pacebench-doctor-");
      try (SandboxProvider provider =
          Providers.make(name, new Home(aside), Owner.self(), installation)) {
        status(name, provider.status());
        someSandboxWorks = true;
        bundledTasks(name, provider);
      } finally {
        FileTrees.delete(aside);
      }
    } catch (SandboxException e) {
      add(Finding.State.FAIL, name, String.valueOf(e.getMessage()), e.remedy());
    } catch (IOException e) {
      add(
          Finding.State.FAIL,
          name,
          "no temporary folder can be used: " + e,
          "check $TMPDIR, or /tmp");
    }
  }

  private void status(String name, ProviderStatus status) {
    add(Finding.State.OK, name, status.engine(), "");
    if (!status.limitsEnforced()) {
      add(
          Finding.State.WARN,
          name,
          "limits of processors, memory and processes do not hold",
          "compare times of such runs only with each other");
    }
    if (!status.seesHostFiles() && name.equals(Providers.DOCKER)) {
      add(
          Finding.State.WARN,
          name,
          "the engine does not see this machine's files, so only contenders without a model run there",
          "use an engine on this machine");
    }
    status
        .notIsolated()
        .forEach(line -> add(Finding.State.WARN, name, "not isolated: " + line, ""));
    status.notes().forEach(line -> add(Finding.State.OK, name, line, ""));
  }

  /** Whether the bundled tasks could run: starter image, base image and host tools. */
  private void bundledTasks(String name, SandboxProvider provider) {
    TreeSet<String> reasons = new TreeSet<>();
    Optional<Refusal> last = Optional.empty();
    int fit = 0;
    int all = 0;
    TaskSet set;
    try {
      set = installation.taskSets(cli.home()).resolve(DemoCommand.SET);
    } catch (TaskException e) {
      add(
          Finding.State.FAIL,
          name,
          "the bundled task set is damaged: " + e.problems().get(0),
          "reinstall Pacebench");
      return;
    }
    for (var task : set.tasks()) {
      all++;
      Optional<Refusal> refusal = provider.check(TaskImages.agent(task));
      if (refusal.isPresent()) {
        reasons.add(task.name() + ": " + refusal.get().what());
        last = refusal;
      } else {
        fit++;
      }
    }
    String what = fit + " of " + all + " bundled tasks can run";
    if (fit == all) {
      add(Finding.State.OK, name, what, "");
    } else {
      add(
          Finding.State.WARN,
          name,
          what + "; not " + String.join("; ", reasons),
          last.map(Refusal::remedy).orElse(""));
    }
  }

  private void lineup(String argument) {
    Lineup lineup;
    try {
      lineup = Inputs.lineup(installation, argument, cli);
    } catch (UserError e) {
      lineupIsBad = true;
      add(Finding.State.FAIL, "lineup", String.valueOf(e.getMessage()), e.remedy());
      return;
    }
    add(
        Finding.State.OK,
        "lineup",
        lineup.source() + ", " + lineup.contenders().size() + " contenders",
        "");
    AgentCatalog catalog = cli.catalog();
    AgentCheck agents = new AgentCheck(catalog::manifest, catalog.installer(), cli.env());
    List<Finding> found = new LineupDoctor(lineup, cli.home(), cli.env(), agents).examine();
    lineupLacks = found.stream().anyMatch(one -> one.state() == Finding.State.FAIL);
    findings.addAll(found);
  }
}
