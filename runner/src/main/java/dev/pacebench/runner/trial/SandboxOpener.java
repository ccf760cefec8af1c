package dev.pacebench.runner.trial;

import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.sandbox.ServiceSpecs;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Opens the sandboxes of one try as its task and lineup say. */
final class SandboxOpener {

  /** Enough for any build, and an end to a fork storm. */
  private static final int PIDS = 4096;

  private final SandboxProvider provider;
  private final String runId;
  private final PlannedTrial trial;
  private final int tryNumber;
  private final EffectiveLimits limits;
  private final Lineup lineup;
  private final Map<String, String> hostEnv;
  private final Function<ImageSource, PreparedImage> prepare;

  SandboxOpener(
      SandboxProvider provider,
      String runId,
      PlannedTrial trial,
      int tryNumber,
      EffectiveLimits limits,
      Lineup lineup,
      Map<String, String> hostEnv,
      Function<ImageSource, PreparedImage> prepare) {
    this.provider = provider;
    this.runId = runId;
    this.trial = trial;
    this.tryNumber = tryNumber;
    this.limits = limits;
    this.lineup = lineup;
    this.hostEnv = hostEnv;
    this.prepare = prepare;
  }

  /** What the agent may reach. */
  NetworkMode agentNetwork() {
    return mode(trial.task().agent().network(), lineup.taskNetwork());
  }

  /** What the verifier may reach. */
  NetworkMode verifyNetwork() {
    return mode(trial.task().verifier().network(), lineup.verifyNetwork());
  }

  private static NetworkMode mode(Network asked, boolean allowed) {
    return asked == Network.PUBLIC && allowed ? NetworkMode.PUBLIC : NetworkMode.RELAY_ONLY;
  }

  /** Makes ready what runs beside the agent; sandboxes can be opened without waiting for it. */
  ServiceSpecs agentServices() {
    return services(trial.task().environment());
  }

  /** Where the agent works; what runs beside it is still to be started. */
  Sandbox openAgent(
      PreparedImage image, Optional<RelaySpec> relay, List<Mount> mounts, ServiceSpecs services) {
    return open(image, "agent", relay, mounts, services);
  }

  /** A fresh sandbox of the agent's image, with nothing beside it. */
  Sandbox openFresh(PreparedImage image) {
    return open(image, "image", Optional.empty(), List.of(), ServiceSpecs.NONE);
  }

  private Sandbox open(
      PreparedImage image,
      String purpose,
      Optional<RelaySpec> relay,
      List<Mount> mounts,
      ServiceSpecs services) {
    return provider.open(
        spec(
            image,
            purpose,
            relay,
            trial.task().environment(),
            agentNetwork(),
            trial.task().agent().user(),
            mounts,
            services));
  }

  /** A fresh sandbox for a verifier, with fresh services beside it, which run already. */
  Sandbox openVerifier(PreparedImage image) {
    Task task = trial.task();
    Environment environment = task.verifier().environment().orElse(task.environment());
    Sandbox sandbox =
        provider.open(
            spec(
                image,
                "verifier",
                Optional.empty(),
                environment,
                verifyNetwork(),
                task.verifier().user(),
                List.of(),
                services(environment)));
    try {
      startServices(sandbox, environment);
      return sandbox;
    } catch (RuntimeException | Error e) {
      sandbox.close();
      throw e;
    }
  }

  /** Starts what runs beside the agent. */
  void startServices(Sandbox sandbox) {
    startServices(sandbox, trial.task().environment());
  }

  private static void startServices(Sandbox sandbox, Environment environment) {
    if (environment.services().isEmpty()) {
      return;
    }
    try {
      sandbox.startServices(environment.buildTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          SandboxException.Kind.FAILED, "stopped while waiting for services", "resume the run", e);
    }
  }

  private ServiceSpecs services(Environment environment) {
    if (environment.services().isEmpty()) {
      return ServiceSpecs.NONE;
    }
    return new TaskServices(
            trial.task(),
            environment,
            limits(environment.resources()),
            lineup.noNewPrivileges().orElse(false),
            hostEnv,
            prepare)
        .specs();
  }

  /** Where commands start in a sandbox of the agent's image. */
  String workdir(PreparedImage image) {
    return trial.task().environment().workdir().or(image::workdir).orElse("/");
  }

  private SandboxSpec spec(
      PreparedImage image,
      String purpose,
      Optional<RelaySpec> relay,
      Environment environment,
      NetworkMode network,
      Optional<String> user,
      List<Mount> mounts,
      ServiceSpecs services) {
    return SandboxSpec.builder(
            trial.id() + "." + tryNumber + "." + purpose, runId, image, limits.outer())
        .limits(limits(environment.resources()))
        .network(network)
        .relay(relay)
        .env(
            EnvTemplates.resolve(
                trial.task().name() + ": environment.env", environment.env(), hostEnv))
        .workdir(environment.workdir())
        .user(user)
        .noNewPrivileges(lineup.noNewPrivileges().orElse(allRoot(image)))
        .mounts(mounts)
        .services(services)
        .build();
  }

  /** Where somebody is not root, sudo and su may be part of the task. */
  private boolean allRoot(PreparedImage image) {
    return isRoot(image.user())
        && isRoot(trial.task().agent().user())
        && isRoot(trial.task().verifier().user());
  }

  private static boolean isRoot(Optional<String> user) {
    return user.isEmpty()
        || user.get().equals("root")
        || user.get().equals("0")
        || user.get().startsWith("0:")
        || user.get().startsWith("root:");
  }

  private static Limits limits(Resources resources) {
    return new Limits(resources.cpus(), resources.memoryBytes(), OptionalInt.of(PIDS));
  }
}
