package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

/**
 * What a lineup must know of an agent that it names.
 *
 * @param version part of the contender digest
 * @param needsModel whether a contender must name a model for it
 */
public record KnownAgent(String version, boolean needsModel) {
  public KnownAgent {
    requireNonNull(version, "version is null");
  }
}
