package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;

/** Opens ways through the gateway. */
@FunctionalInterface
public interface SpeedDoors {

  /**
   * Opens a door to a tier, with connections of its own.
   *
   * @param name unlike that of every other open door
   * @param listener hears of every call
   */
  Door open(ProbedTier tier, String name, CallListener listener);
}
