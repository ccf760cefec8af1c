package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A model and who serves it.
 *
 * @param name within its lineup
 * @param id what the provider calls it
 * @param price for reports and money limits
 * @param tier how it behaves when it is simulated, or at which pace it is replayed
 * @param recording the run whose calls are played back when it is replayed: an id or a path
 */
public record ServedModel(
    String name,
    String id,
    Provider provider,
    Optional<Price> price,
    Optional<SimulatedTier> tier,
    Optional<String> recording) {
  public ServedModel {
    requireNonNull(name, "name is null");
    requireNonNull(id, "id is null");
    requireNonNull(provider, "provider is null");
    requireNonNull(price, "price is null");
    if (provider.simulated() && tier.isEmpty()) {
      throw new IllegalArgumentException("a simulated model needs its tier");
    }
    if (provider.replayed() && recording.isEmpty()) {
      throw new IllegalArgumentException("a replayed model needs its recording");
    }
  }
}
