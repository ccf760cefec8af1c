package dev.pacebench.leaderboard.page;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a lineup says of a contender, beyond its name.
 *
 * @param agent the agent's name
 * @param model id of the model; empty for agents that need none
 * @param tier how the model is served, in words; empty when nothing is said of it
 */
public record PageContender(String agent, Optional<String> model, Optional<String> tier) {

  public PageContender {
    requireNonNull(agent, "agent is null");
    requireNonNull(model, "model is null");
    requireNonNull(tier, "tier is null");
  }
}
