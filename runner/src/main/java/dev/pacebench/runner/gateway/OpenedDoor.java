package dev.pacebench.runner.gateway;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.policy.TrialBudget;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A trial's door with what was decided for it.
 *
 * @param tier how the model is served
 * @param budget what the trial may use
 * @param conditions what belongs to the trial's conditions, such as the script that a simulated
 *     model plays
 * @param mismatch how a replay stopped to match its recording, once it did
 */
public record OpenedDoor(
    Door door,
    ServingTier tier,
    TrialBudget budget,
    Map<String, String> conditions,
    Supplier<Optional<String>> mismatch)
    implements AutoCloseable {

  public OpenedDoor {
    requireNonNull(door, "door is null");
    requireNonNull(tier, "tier is null");
    requireNonNull(budget, "budget is null");
    conditions = Map.copyOf(conditions);
    requireNonNull(mismatch, "mismatch is null");
  }

  @Override
  public void close() {
    door.close();
  }
}
