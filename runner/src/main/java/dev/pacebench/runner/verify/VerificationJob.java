package dev.pacebench.runner.verify;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that verification of one try needs.
 *
 * @param agentSandbox where the agent worked
 * @param agentUsed whether the agent ever ran a command there
 * @param fresh opens an untouched sandbox of the agent's image
 * @param freshForVerifier opens an untouched sandbox of the verifier's image
 * @param workdir the working directory of the agent's sandbox
 * @param env the verifier's environment, templates filled
 * @param timeout of one round
 * @param folder the evidence's folder, holding {@code verifier} and {@code artifacts}
 * @param scratch an existing folder for copies
 * @param baseline what earlier verifications in the agent's sandbox left there
 * @param change present for a task of changing a repository
 */
public record VerificationJob(
    Task task,
    Sandbox agentSandbox,
    boolean agentUsed,
    Supplier<Sandbox> fresh,
    Supplier<Sandbox> freshForVerifier,
    String workdir,
    Map<String, String> env,
    Duration timeout,
    Path folder,
    Path scratch,
    TamperBaseline baseline,
    Optional<ChangeWork> change) {

  public VerificationJob {
    requireNonNull(task, "task is null");
    requireNonNull(agentSandbox, "agentSandbox is null");
    requireNonNull(baseline, "baseline is null");
    requireNonNull(change, "change is null");
    env = Map.copyOf(env);
  }

  Path verifierFolder() {
    return folder.resolve("verifier");
  }
}
