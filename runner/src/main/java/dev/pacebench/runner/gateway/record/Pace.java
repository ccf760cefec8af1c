package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.SimulatedTier;

/** How fast a recording is played. */
public sealed interface Pace {

  /** Every part at the offset that it was recorded with. */
  record Original() implements Pace {}

  /** Everything at once; for tests. */
  record AtOnce() implements Pace {}

  /**
   * As another tier would have sent it: the same parts, timed by the tokens in them. The tier's
   * skill, faults and tokens per frame have no part in it; its connect cost is the gateway's
   * matter.
   *
   * @param seed decides jitter
   */
  record AsTier(SimulatedTier tier, long seed) implements Pace {
    public AsTier {
      requireNonNull(tier, "tier is null");
    }
  }

  Pace ORIGINAL = new Original();
  Pace AT_ONCE = new AtOnce();
}
