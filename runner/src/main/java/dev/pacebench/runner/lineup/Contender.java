package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What competes: agent, model, tier and settings; one row of the board.
 *
 * @param name for people; unique in its lineup
 * @param agent the agent's name, such as {@code oracle}
 * @param agentVersion pinned version of the agent, part of the digest
 * @param model name of a model of the lineup; {@code oracle} and {@code nop} need none
 * @param tier fields of the serving tier, part of the digest
 * @param settings further settings of the agent, part of the digest
 * @param limits this contender's own limits
 * @param simulated whether its model is a simulated or replayed one
 * @param digest SHA-256 over all that could change what it does; not over the name
 */
public record Contender(
    String name,
    String agent,
    String agentVersion,
    Optional<String> model,
    Map<String, String> tier,
    Map<String, String> settings,
    ContenderLimits limits,
    boolean simulated,
    String digest) {

  public Contender {
    requireNonNull(name, "name is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(digest, "digest is null");
    tier = Collections.unmodifiableMap(new TreeMap<>(tier));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
