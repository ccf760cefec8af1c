package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

/**
 * What a lineup must know of an agent that it names.
 *
 * @param version part of the contender digest
 * @param needsModel whether a contender must name a model for it
 * @param check what it has against a contender
 */
public record KnownAgent(String version, boolean needsModel, ContenderCheck check) {

  public KnownAgent {
    requireNonNull(version, "version is null");
    requireNonNull(check, "check is null");
  }

  /** An agent that takes every contender. */
  public KnownAgent(String version, boolean needsModel) {
    this(version, needsModel, ContenderCheck.NONE);
  }
}
