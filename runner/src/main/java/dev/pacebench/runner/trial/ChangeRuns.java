package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.runner.verify.swe.ChangeVerifier;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Judges changes to tasks' repositories without any trial: no agent, no run, no evidence.
 *
 * <p>A task that does not name its deciding tests is judged too; the result then tells every test's
 * status and has no grade.
 */
public final class ChangeRuns {

  private static final Duration SPARE = Duration.ofMinutes(10);
  private static final int PIDS = 4096;

  private final SandboxProvider provider;
  private final boolean network;
  private final Map<String, String> hostEnv;
  private final Path scratch;

  /**
   * Judges in a provider's sandboxes.
   *
   * @param network whether a verifier that asks for network gets it
   * @param hostEnv fills the templates of tasks
   * @param scratch an existing folder for copies
   */
  public ChangeRuns(
      SandboxProvider provider, boolean network, Map<String, String> hostEnv, Path scratch) {
    this.provider = requireNonNull(provider, "provider is null");
    this.network = network;
    this.hostEnv = Map.copyOf(hostEnv);
    this.scratch = requireNonNull(scratch, "scratch is null");
  }

  /**
   * Judges one change.
   *
   * @param task one that has a {@link Task#change}
   * @param patch as {@code git diff} writes it; empty for the base as it is
   * @param folder for what the tests print
   */
  public ChangeResult judge(Task task, byte[] patch, Path folder)
      throws InterruptedException, IOException {
    CodeChange change = task.change().orElseThrow();
    PreparedImage image = provider.prepare(TaskImages.verifier(task));
    Environment environment = task.verifier().environment().orElse(task.environment());
    SandboxSpec spec =
        SandboxSpec.builder(
                task.name().replaceAll("[^A-Za-z0-9_.-]", "-") + ".judge",
                "judge",
                image,
                task.verifier().timeout().multipliedBy(2).plus(SPARE))
            .limits(
                new Limits(
                    environment.resources().cpus(),
                    environment.resources().memoryBytes(),
                    OptionalInt.of(PIDS)))
            .network(
                network && task.verifier().network() == Network.PUBLIC
                    ? NetworkMode.PUBLIC
                    : NetworkMode.RELAY_ONLY)
            .env(
                EnvTemplates.resolve(task.name() + ": environment.env", environment.env(), hostEnv))
            .workdir(environment.workdir())
            .user(task.verifier().user())
            .build();
    Map<String, String> env =
        EnvTemplates.resolve(task.name() + ": verifier.env", task.verifier().env(), hostEnv);
    return new ChangeVerifier(
            change, () -> provider.open(spec), env, task.verifier().timeout(), scratch)
        .verify(patch, folder);
  }
}
