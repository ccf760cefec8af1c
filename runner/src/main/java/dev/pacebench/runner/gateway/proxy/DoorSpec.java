package dev.pacebench.runner.gateway.proxy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.policy.CallLimiter;
import dev.pacebench.runner.gateway.policy.TrialBudget;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a door is made for: the calls of one trial.
 *
 * @param name names the trial, for logs and towards simulated upstreams
 * @param upstream where its calls go
 * @param limiter the contender's limits
 * @param budget the trial's own limits
 * @param socket a Unix socket to listen on as well, in a folder of its own; for a relay
 * @param listener hears of every call
 */
public record DoorSpec(
    String name,
    Upstream upstream,
    CallLimiter limiter,
    TrialBudget budget,
    Optional<Path> socket,
    CallListener listener) {
  public DoorSpec {
    requireNonNull(name, "name is null");
    requireNonNull(upstream, "upstream is null");
    requireNonNull(limiter, "limiter is null");
    requireNonNull(budget, "budget is null");
    requireNonNull(listener, "listener is null");
  }
}
