package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a task says of its agent phase.
 *
 * @param timeout the task's own limit; absent means the runner's default limit holds
 * @param user who runs the agent's commands; absent means the image's user
 * @param network the phase's network, inherited from the environment when the task says nothing
 * @param allowedHosts hosts of {@link Network#ALLOWLIST}
 */
public record AgentPhase(
    Optional<Duration> timeout, Optional<String> user, Network network, List<String> allowedHosts) {

  public AgentPhase {
    requireNonNull(timeout, "timeout is null");
    requireNonNull(user, "user is null");
    requireNonNull(network, "network is null");
    allowedHosts = List.copyOf(allowedHosts);
  }
}
