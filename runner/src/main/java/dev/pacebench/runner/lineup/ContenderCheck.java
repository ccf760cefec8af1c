package dev.pacebench.runner.lineup;

import java.util.List;
import java.util.Optional;

/** What an agent has against contenders, asked as a lineup is read. */
@FunctionalInterface
public interface ContenderCheck {

  /** Takes every contender. */
  ContenderCheck NONE = (contender, tier) -> List.of();

  /**
   * Everything that is wrong.
   *
   * @param tier how its model is served; absent without one
   */
  List<Objection> objections(Contender contender, Optional<ServingTier> tier);
}
