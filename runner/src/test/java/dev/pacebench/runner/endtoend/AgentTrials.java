package dev.pacebench.runner.endtoend;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.install.AgentInstaller;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.ManifestFile;
import dev.pacebench.runner.agent.program.CliAgent;
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
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.runner.trial.LostTryException;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs trials of agents' own programs, from a lineup to the record. */
final class AgentTrials implements AutoCloseable {

  private static final Path ROOT =
      Path.of(System.getProperty("pacebench.root", "..")).toAbsolutePath().normalize();

  /** Programs are large, so they are kept between runs of the tests. */
  private static final Home PROGRAMS =
      new Home(Path.of(System.getProperty("java.io.tmpdir"), "pacebench-test-programs"));

  /** What lineups may name. */
  private static final Map<String, KnownAgent> KNOWN =
      Stream.of("made-up", "codex", "claude-code", "opencode", "qwen-code", "gemini-cli", "python")
          .collect(Collectors.toMap(name -> name, name -> new KnownAgent("1", true)));

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private final Home home;
  private final SandboxProvider provider;
  private final AgentInstaller installer =
      new AgentInstaller(PROGRAMS, System.getenv(), note -> {});

  /** In Docker. */
  AgentTrials(Path folder) throws Exception {
    this(folder, DockerSandboxProvider::new);
  }

  AgentTrials(Path folder, Function<ProviderSettings, SandboxProvider> sandboxes) throws Exception {
    this.folder = folder;
    home = new Home(folder.resolve("home"));
    provider =
        sandboxes.apply(
            new ProviderSettings(
                Owner.self(),
                Files.createDirectories(home.scratch().resolve("sandboxes")),
                ROOT.resolve("sandboxes/images"),
                ProviderSettings.DEFAULT_DROPPED));
  }

  /** A manifest that Pacebench ships. */
  static AgentManifest bundled(String name) {
    return ManifestFile.read(ROOT.resolve("runner/agents").resolve(name + ".yaml"));
  }

  /** A task of the starter set. */
  static Task task(String name) {
    return new HarborFormat()
        .read("starter-terminal", ROOT.resolve("task-sets/sets/starter-terminal")).tasks().stream()
            .filter(task -> task.name().equals(name))
            .findAny()
            .orElseThrow();
  }

  /** A task whose verifier never passes. */
  Task unsolvable(Duration limit) throws IOException {
    return task(limit, "echo 0");
  }

  /** A task that is solved as soon as a file {@code done} is there. */
  Task solvable(Duration limit) throws IOException {
    return task(limit, "test -e /app/done && echo 1 || echo 0");
  }

  private Task task(Duration limit, String verdict) throws IOException {
    Path task = Files.createTempDirectory(folder, "task-");
    write(task.resolve("instruction.md"), "Do what cannot be done.\n");
    write(task.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    write(
        task.resolve("tests/test.sh"),
        "#!/bin/bash\n{ " + verdict + "; } >/logs/verifier/reward.txt\n");
    String script = "turns:\n  - text: Done.\n";
    write(task.resolve("simulated/good.yaml"), "path: good\n" + script);
    write(task.resolve("simulated/wrong.yaml"), "path: wrong\n" + script);
    write(
        task.resolve("task.toml"),
        """
        schema_version = "1.4"
        [metadata]
        tools = ["sh"]
        [agent]
        timeout_sec = %d.0
        [verifier]
        timeout_sec = 30.0
        [environment]
        network_mode = "no-network"
        cpus = 1
        memory_mb = 512
        """
            .formatted(limit.toSeconds()));
    return new HarborFormat().read("test", task).tasks().get(0);
  }

  /** A manifest from its text. */
  AgentManifest manifest(String name, String text) throws IOException {
    Path file = Files.createTempDirectory(folder, "manifest-").resolve(name + ".yaml");
    write(file, text);
    return ManifestFile.read(file);
  }

  /** What a provider says. */
  record Reply(int status, String type, String text) {

    /** A refusal. */
    static Reply refusal(int status) {
      return new Reply(
          status, "application/json", "{\"error\":{\"message\":\"no\",\"code\":\"none\"}}");
    }
  }

  /** A provider that answers by the first part of the path asked for and the call there, from 1. */
  static HttpServer answering(BiFunction<String, Integer, Reply> replies) throws IOException {
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String place = exchange.getRequestURI().getPath().split("/")[1];
          int call = seen.computeIfAbsent(place, key -> new AtomicInteger()).incrementAndGet();
          Reply reply = replies.apply(place, call);
          exchange.getRequestBody().readAllBytes();
          byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", reply.type());
          exchange.sendResponseHeaders(reply.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The agent of a manifest; the test is aborted when its program cannot be had. */
  CliAgent agent(AgentManifest manifest) throws InterruptedException {
    try {
      installer.ensure(manifest);
    } catch (InfrastructureError e) {
      Assumptions.abort(e.getMessage());
    }
    return new CliAgent(manifest, installer::ensure, Ticker.SYSTEM);
  }

  /** Opens a lineup, whose agents are of the bundled manifests, or {@code made-up}. */
  Opened open(String lineup, Map<String, String> keys) throws IOException, InterruptedException {
    return new Opened(lineup, keys);
  }

  /** A lineup with its gateway, for any number of trials, also at the same time. */
  final class Opened implements AutoCloseable {

    private final Lineup lineup;
    private final Gateway gateway;

    private Opened(String text, Map<String, String> keys) throws IOException, InterruptedException {
      Path file = Files.writeString(Files.createTempFile(folder, "lineup-", ".yaml"), text);
      lineup = LineupFile.read(file, KNOWN);
      gateway = Gateway.start(lineup, lineup.contenders(), keys);
    }

    /** Runs one try of a contender by an agent of the test's choice. */
    TrialRecord run(Task task, CliAgent agent, String contender)
        throws LostTryException, InterruptedException {
      DefaultTrialRunner runner =
          new DefaultTrialRunner(
              home,
              settings(),
              lineup,
              provider,
              new FolderEvidence(),
              new Agents(agent),
              Optional.of(gateway),
              Ticker.SYSTEM,
              Map.of());
      Contender chosen =
          lineup.contenders().stream()
              .filter(one -> one.name().equals(contender))
              .findAny()
              .orElseThrow();
      return runner.run(
          new PlannedTrial("run-agents", "trial-" + COUNT.incrementAndGet(), 0, task, chosen, 1),
          1,
          TrialWatcher.NONE);
    }

    @Override
    public void close() {
      gateway.close();
    }
  }

  /** The folder of a try. */
  Path evidence(TrialRecord record) {
    return home.root().resolve(record.evidence());
  }

  private static RunSettings settings() {
    return new RunSettings(
        "run-agents",
        "2026-11-21T00:00:00Z",
        List.of(),
        "",
        1,
        1,
        1,
        RunSettings.Order.BY_ATTEMPT,
        "docker",
        1,
        Duration.ofSeconds(3600),
        Optional.empty(),
        List.of(),
        2);
  }

  @Override
  public void close() {
    provider.close();
  }
}
