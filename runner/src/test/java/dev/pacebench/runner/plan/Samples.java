package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderStatus;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Tasks, lineups and settings to plan with. */
final class Samples {

  private Samples() {}

  static Task task(String name) {
    return task(name, Network.NONE, Optional.empty(), Optional.empty(), 1);
  }

  static Task task(
      String name,
      Network network,
      Optional<String> user,
      Optional<Duration> timeout,
      double cpus) {
    Path folder = Path.of("/sets/set/" + name);
    Environment environment =
        new Environment(
            folder.resolve("environment"),
            Optional.of(folder.resolve("environment/Dockerfile")),
            Optional.empty(),
            Duration.ofMinutes(10),
            new Resources(
                OptionalDouble.of(cpus),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty()),
            network,
            true,
            List.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Task(
        "set",
        name,
        folder,
        "1.1",
        "do " + name,
        environment,
        new AgentPhase(timeout, user, network, List.of()),
        new Verifier(
            folder.resolve("tests"),
            Duration.ofMinutes(5),
            Map.of(),
            Optional.empty(),
            Verifier.Mode.SHARED,
            Optional.empty(),
            Network.NONE,
            List.of(),
            List.of()),
        Optional.empty(),
        List.of(),
        new Metadata(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        new TaskDigests("digest-of-" + name, Optional.empty(), Optional.empty(), ""),
        List.of(),
        Steering.NONE);
  }

  static TaskSet set(Task... tasks) {
    return new TaskSet(
        "set", Path.of("/sets/set"), "harbor", "digest", Arrays.asList(tasks), List.of());
  }

  static TaskSet set(int tasks) {
    List<Task> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      all.add(task("t" + i));
    }
    return set(all.toArray(Task[]::new));
  }

  static Lineup lineup(String... names) {
    return lineup(false, names);
  }

  static Lineup lineup(boolean network, String... names) {
    return new Lineup(
        "l",
        "l.yaml",
        Arrays.stream(names).map(Samples::contender).toList(),
        Map.of(),
        network,
        network,
        Optional.empty());
  }

  static Contender contender(String name) {
    return new Contender(
        name,
        "nop",
        "1",
        Optional.empty(),
        Map.of(),
        Map.of(),
        ContenderLimits.none(),
        false,
        "digest-of-" + name);
  }

  static RunSettings settings(
      int attempts, Order order, Optional<String> only, String... contenders) {
    return new RunSettings(
        "run-1",
        "2026-01-02T03:04:05Z",
        List.of("set"),
        "l",
        attempts,
        2,
        7,
        order,
        "docker",
        1,
        Duration.ofHours(1),
        only,
        List.of(contenders),
        3);
  }

  static RunSettings settings(int attempts) {
    return settings(attempts, Order.BY_ATTEMPT, Optional.empty());
  }

  /** A provider that only says what it would refuse. */
  static SandboxProvider provider(String name, Function<ImageSource, Optional<Refusal>> check) {
    return new SandboxProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ProviderStatus status() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<Refusal> check(ImageSource source) {
        return check.apply(source);
      }

      @Override
      public PreparedImage prepare(ImageSource source) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Sandbox open(SandboxSpec spec) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<String> reap() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  static SandboxProvider willing(String name) {
    return provider(name, source -> Optional.empty());
  }
}
