package dev.pacebench.runner.endtoend;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.LoopAgent;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.KnownAgent;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.LineupFile;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs trials of agents that mean no good, beside others that do, in real sandboxes. */
final class HostileRig implements AutoCloseable {

  private static final String RUN = "run-hostile";

  /** Two paces of the same made-up model. */
  private static final String MODELS =
      """
      providers:
        made-up: {protocol: simulated}
      models:
        quick: {provider: made-up, id: m, price: {input: 0, output: 1000}, simulated: {first_token: 20ms, tokens_per_second: 2000, skill: 1}}
        slow: {provider: made-up, id: m, simulated: {first_token: 20ms, tokens_per_second: 20, skill: 1}}
      contenders:
        - {name: quick, agent: loop, model: quick}
        - {name: websocket, agent: loop, model: quick, tier: {transport: websocket}}
        - {name: slow, agent: loop, model: slow}
        - {name: slow-websocket, agent: loop, model: slow, tier: {transport: websocket}}
      """;

  private final Path folder;
  private final Home home;
  private final SandboxProvider provider;
  private final AtomicInteger trials = new AtomicInteger();
  private final AtomicInteger lineups = new AtomicInteger();
  private final StringBuilder more = new StringBuilder();

  HostileRig(Path folder, String providerName) throws Exception {
    this.folder = folder;
    this.home = new Home(folder.resolve("home"));
    Path root = Path.of(System.getProperty("pacebench.root", "..")).toAbsolutePath().normalize();
    ProviderSettings settings =
        new ProviderSettings(
            Owner.self(),
            Files.createDirectories(home.scratch().resolve("sandboxes")),
            root.resolve("sandboxes/images"),
            ProviderSettings.DEFAULT_DROPPED);
    provider =
        providerName.equals("docker")
            ? new DockerSandboxProvider(settings)
            : new LocalSandboxProvider(settings);
  }

  /** A task that is solved by a file with 42 in it, and what a made-up model does on it. */
  Task task(String name, Duration limit, Duration verifier, String turns) throws Exception {
    Path task = folder.resolve("tasks").resolve(name);
    write(task.resolve("instruction.md"), "Write 42 into /app/answer.txt.\n");
    write(task.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    Path tests =
        write(
            task.resolve("tests/test.sh"),
            """
            #!/bin/sh
            for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null; echo; done > /logs/verifier/processes.txt
            if [ "$(cat /app/answer.txt 2>/dev/null)" = 42 ]; then echo 1; else echo 0; fi > /logs/verifier/reward.txt
            """);
    Files.setPosixFilePermissions(tests, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(task.resolve("simulated/good.yaml"), "path: good\nturns:\n" + turns.indent(2));
    write(task.resolve("simulated/wrong.yaml"), "path: wrong\nturns:\n  - text: No.\n");
    write(
        task.resolve("task.toml"),
        """
        schema_version = "1.4"
        [metadata]
        tools = ["sh"]
        [agent]
        timeout_sec = %s
        [verifier]
        timeout_sec = %s
        [environment]
        network_mode = "no-network"
        cpus = 1
        memory_mb = 512
        """
            .formatted(limit.toMillis() / 1000.0, verifier.toMillis() / 1000.0));
    Task read = new HarborFormat().read("hostile", task).tasks().get(0);
    // Not in the trial, where it would make the first one slower than those it is compared with.
    provider.prepare(TaskImages.agent(read));
    return read;
  }

  private static Path write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /**
   * A trial to be.
   *
   * @param contender one of the made-up models, or the name of the agent
   * @param agent absent for the built-in one
   */
  record Wanted(Task task, String contender, Optional<Agent> agent, double timeoutFactor) {
    Wanted(Task task, String contender) {
      this(task, contender, Optional.empty(), 1);
    }

    Wanted(Task task, Agent agent) {
      this(task, agent.name(), Optional.of(agent), 1);
    }
  }

  /** A contender that may spend so much in a trial. */
  String spending(double cost) {
    synchronized (more) {
      String name = "spends-" + more.length();
      more.append(
          "  - {name: %s, agent: loop, model: quick, limits: {cost: %s}}\n".formatted(name, cost));
      return name;
    }
  }

  /** Runs a single trial. */
  TrialRecord run(Wanted wanted) throws Exception {
    return beside(List.of(wanted)).get(0);
  }

  /** Runs trials at the same time, through one gateway. */
  List<TrialRecord> beside(List<Wanted> wanted) throws Exception {
    Map<String, KnownAgent> known = new TreeMap<>(Map.of("loop", new KnownAgent("1", true)));
    StringBuilder file = new StringBuilder(MODELS);
    synchronized (more) {
      file.append(more);
    }
    for (Wanted one : wanted) {
      one.agent()
          .ifPresent(
              agent -> {
                if (known.put(agent.name(), new KnownAgent("1", false)) == null) {
                  file.append("  - {name: %s, agent: %s}\n".formatted(agent.name(), agent.name()));
                }
              });
    }
    Path lineupFile =
        write(folder.resolve("lineup-" + lineups.incrementAndGet() + ".yaml"), file.toString());
    Lineup lineup = LineupFile.read(lineupFile, known);
    List<Contender> contenders =
        lineup.contenders().stream()
            .filter(one -> wanted.stream().anyMatch(each -> each.contender().equals(one.name())))
            .toList();
    ExecutorService slots = Executors.newFixedThreadPool(wanted.size());
    try (Gateway gateway = Gateway.start(lineup, contenders, Map.of())) {
      List<Future<TrialRecord>> ends =
          wanted.stream().map(one -> slots.submit(() -> trial(one, lineup, gateway))).toList();
      List<TrialRecord> records = new java.util.ArrayList<>();
      for (Future<TrialRecord> end : ends) {
        records.add(end.get());
      }
      return records;
    } finally {
      slots.shutdownNow();
    }
  }

  private TrialRecord trial(Wanted wanted, Lineup lineup, Gateway gateway) throws Exception {
    Contender contender =
        lineup.contenders().stream()
            .filter(one -> one.name().equals(wanted.contender()))
            .findFirst()
            .orElseThrow();
    Agent agent = wanted.agent().orElseGet(() -> new LoopAgent(Ticker.SYSTEM));
    DefaultTrialRunner runner =
        new DefaultTrialRunner(
            home,
            settings(wanted.timeoutFactor()),
            lineup,
            provider,
            new FolderEvidence(),
            new Agents(agent),
            Optional.of(gateway),
            Ticker.SYSTEM,
            Map.of());
    String id = wanted.task().name() + "." + contender.name() + "." + trials.incrementAndGet();
    return runner.run(
        new PlannedTrial(RUN, id, 0, wanted.task(), contender, 1), 1, TrialWatcher.NONE);
  }

  private RunSettings settings(double timeoutFactor) {
    return new RunSettings(
        RUN,
        "2026-11-21T00:00:00Z",
        List.of(),
        "",
        1,
        2,
        1,
        RunSettings.Order.BY_ATTEMPT,
        provider.name(),
        timeoutFactor,
        Duration.ofSeconds(3600),
        Optional.empty(),
        List.of(),
        1);
  }

  Path evidence(TrialRecord record) {
    return home.root().resolve(record.evidence());
  }

  @Override
  public void close() {
    provider.close();
  }
}
