package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.SimulatedTier;
import java.util.Optional;

/**
 * What a simulated model does in one trial.
 *
 * @param tier how it behaves
 * @param script what it plays; without one it says as many made-up words as it is asked for
 * @param seed decides jitter and faults
 */
public record Play(SimulatedTier tier, Optional<Script> script, long seed) {
  public Play {
    requireNonNull(tier, "tier is null");
    requireNonNull(script, "script is null");
  }
}
