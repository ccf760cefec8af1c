package dev.pacebench.runner.bench;

import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.NopAgent;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands, whole trials and throughput in Docker, beside the raw engine in the same run. */
final class TrialBench implements AutoCloseable {

  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final int SLOTS = 4;
  private static final int WARM_UP = 500;
  private static final int COMMANDS_PER_EXEC = 10;

  private final Home home;
  private final SandboxProvider docker;
  private final Task task;
  private final Contender nop = BookkeepingBench.nop();
  private final AtomicInteger count = new AtomicInteger();

  TrialBench(Path folder) throws Exception {
    home = new Home(folder.resolve("trials"));
    docker =
        new DockerSandboxProvider(
            new ProviderSettings(
                Owner.self(),
                Files.createDirectories(home.scratch().resolve("sandboxes")),
                BenchMain.root().resolve("sandboxes/images"),
                ProviderSettings.DEFAULT_DROPPED));
    task =
        new HarborFormat()
            .read("bench", BenchTask.write(folder.resolve("tasks"), "nothing"))
            .tasks()
            .get(0);
  }

  void commands(int rounds, List<Result> results) throws Exception {
    Samples dispatched = new Samples();
    Samples fresh = new Samples();
    try (RawTrial raw = new RawTrial(SOCKET);
        Sandbox sandbox = docker.open(spec("commands"))) {
      Command command = Command.of("true", Duration.ofSeconds(10));
      for (int i = 0; i < WARM_UP; i++) {
        sandbox.run(command);
      }
      raw.exec(sandbox.id());
      for (int i = 0; i < rounds; i++) {
        for (int k = 0; k < COMMANDS_PER_EXEC; k++) {
          dispatched.time(() -> sandbox.run(command));
        }
        fresh.time(() -> raw.exec(sandbox.id()));
      }
    }
    results.add(
        Result.atMost(
            "spine", "true through the dispatcher, median", dispatched.median(), "ms", 3));
    results.add(
        Result.note("spine", "true through a new exec, bare socket, median", fresh.median(), "ms"));
    results.add(Result.note("spine", "noise of new execs (IQR/median)", fresh.noise(), ""));
    results.add(
        Result.atLeast(
            "spine",
            "a new exec / the dispatcher",
            fresh.median() / dispatched.median(),
            "ratio",
            15));
  }

  void wholeTrial(int rounds, List<Result> results) throws Exception {
    Samples whole = new Samples();
    Samples floor = new Samples();
    Samples relays = new Samples();
    try (RawTrial raw = new RawTrial(SOCKET)) {
      DefaultTrialRunner runner = runner(new NothingAhead(docker));
      for (int i = 0; i < rounds + 5; i++) {
        boolean counts = i >= 5;
        // The relay of each is there before the clock starts, as it is in a run.
        docker.prepareNext();
        long start = System.nanoTime();
        String relay = raw.startRelay();
        double relayMillis = (System.nanoTime() - start) / 1e6;
        Thread.sleep(250);
        double trialMillis = time(() -> runner.run(planned(), 1, TrialWatcher.NONE));
        double rawMillis = time(() -> raw.run(relay));
        raw.remove(relay);
        if (counts) {
          whole.add(trialMillis);
          floor.add(rawMillis);
          relays.add(relayMillis);
        }
      }
    }
    results.add(Result.note("spine", "a whole nop trial, median", whole.median(), "ms"));
    results.add(
        Result.note(
            "spine", "the raw engine calls of one, bare socket, median", floor.median(), "ms"));
    results.add(
        Result.note("spine", "preparing a relay, shown apart, raw, median", relays.median(), "ms"));
    results.add(Result.note("spine", "noise of the raw calls (IQR/median)", floor.noise(), ""));
    results.add(
        Result.atMost(
            "spine",
            "a whole nop trial / its raw engine calls",
            whole.median() / floor.median(),
            "ratio",
            1.25));
  }

  void throughput(int trials, List<Result> results) throws Exception {
    DefaultTrialRunner runner = runner(docker);
    concurrently(SLOTS * 2, () -> runner.run(planned(), 1, TrialWatcher.NONE));
    double rawFirst = rawLoop(trials / 2);
    double ours =
        perMinute(trials, concurrently(trials, () -> runner.run(planned(), 1, TrialWatcher.NONE)));
    double rawSecond = rawLoop(trials / 2);
    double raw = (rawFirst + rawSecond) / 2;
    results.add(Result.note("spine", "trials/min at 4 slots", ours, "1/min"));
    results.add(Result.note("spine", "raw loop at 4, a relay each, bare socket", raw, "1/min"));
    results.add(Result.note("spine", "noise: first raw half / second", rawFirst / rawSecond, ""));
    results.add(
        Result.atLeast("spine", "trials/min at 4 / raw loop at 4", ours / raw, "ratio", 0.8));
  }

  private double rawLoop(int trials) throws Exception {
    double seconds =
        concurrently(
            trials,
            () -> {
              try (RawTrial raw = new RawTrial(SOCKET)) {
                String relay = raw.startRelay();
                raw.run(relay);
                raw.remove(relay);
              }
            });
    return perMinute(trials, seconds);
  }

  private static double perMinute(int trials, double millis) {
    return trials / millis * 60_000;
  }

  private static double time(Samples.Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double concurrently(int times, Samples.Work work) throws Exception {
    ExecutorService slots = Executors.newFixedThreadPool(SLOTS);
    try {
      long start = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        all.add(
            slots.submit(
                () -> {
                  work.run();
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return (System.nanoTime() - start) / 1e6;
    } finally {
      slots.shutdownNow();
    }
  }

  private DefaultTrialRunner runner(SandboxProvider provider) {
    RunSettings settings =
        new RunSettings(
            "bench",
            "2026-11-21T00:00:00Z",
            List.of(),
            "",
            1,
            SLOTS,
            1,
            RunSettings.Order.BY_ATTEMPT,
            "docker",
            1,
            Duration.ofSeconds(60),
            Optional.empty(),
            List.of(),
            1);
    Lineup lineup =
        new Lineup("bench", "bench.yaml", List.of(nop), Map.of(), false, false, Optional.empty());
    return new DefaultTrialRunner(
        home,
        settings,
        lineup,
        provider,
        new FolderEvidence(),
        new Agents(new NopAgent()),
        Optional.empty(),
        Ticker.SYSTEM,
        Map.of());
  }

  private PlannedTrial planned() {
    int number = count.incrementAndGet();
    return new PlannedTrial("bench", "nothing.nop." + number, number, task, nop, number);
  }

  private SandboxSpec spec(String name) {
    PreparedImage image =
        docker.prepare(
            new ImageSource.Dockerfile(
                task.environment().directory(),
                task.environment().dockerfile().orElseThrow(),
                Duration.ofMinutes(10),
                List.of()));
    return SandboxSpec.builder(name, "bench", image, Duration.ofMinutes(10)).build();
  }

  @Override
  public void close() {
    docker.close();
  }
}
