package dev.pacebench.runner.trial;

import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

  SandboxOpener(
      SandboxProvider provider,
      String runId,
      PlannedTrial trial,
      int tryNumber,
      EffectiveLimits limits,
      Lineup lineup,
      Map<String, String> hostEnv) {
    this.provider = provider;
    this.runId = runId;
    this.trial = trial;
    this.tryNumber = tryNumber;
    this.limits = limits;
    this.lineup = lineup;
    this.hostEnv = hostEnv;
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

  /** Where the agent works. */
  Sandbox openAgent(PreparedImage image, Optional<RelaySpec> relay, List<Mount> mounts) {
    return open(image, "agent", relay, mounts);
  }

  /** A fresh sandbox of the agent's image. */
  Sandbox openFresh(PreparedImage image) {
    return open(image, "image", Optional.empty(), List.of());
  }

  private Sandbox open(
      PreparedImage image, String purpose, Optional<RelaySpec> relay, List<Mount> mounts) {
    return provider.open(
        spec(
            image,
            purpose,
            relay,
            trial.task().environment(),
            agentNetwork(),
            trial.task().agent().user(),
            mounts));
  }

  Sandbox openVerifier(PreparedImage image) {
    Task task = trial.task();
    return provider.open(
        spec(
            image,
            "verifier",
            Optional.empty(),
            task.verifier().environment().orElse(task.environment()),
            verifyNetwork(),
            task.verifier().user(),
            List.of()));
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
      List<Mount> mounts) {
    return new SandboxSpec(
        trial.id() + "." + tryNumber + "." + purpose,
        runId,
        image,
        limits(environment.resources()),
        network,
        relay,
        EnvTemplates.resolve(trial.task().name() + ": environment.env", environment.env(), hostEnv),
        environment.workdir(),
        user,
        lineup.noNewPrivileges().orElse(allRoot(image)),
        limits.outer(),
        mounts);
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
