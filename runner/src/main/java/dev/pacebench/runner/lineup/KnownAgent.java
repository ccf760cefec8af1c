package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

/**
 * What a lineup must know of an agent that it names.
 *
 * @param version part of the contender digest
 * @param needsModel whether a contender must name a model for it
 * @param takesModel whether a contender may name one
 * @param check what it has against a contender
 */
public record KnownAgent(
    String version, boolean needsModel, boolean takesModel, ContenderCheck check) {

  public KnownAgent {
    requireNonNull(version, "version is null");
    requireNonNull(check, "check is null");
    if (needsModel && !takesModel) {
      throw new IllegalArgumentException("an agent cannot need a model that it does not take");
    }
  }

  /** An agent that takes a model only where it needs one. */
  public KnownAgent(String version, boolean needsModel, ContenderCheck check) {
    this(version, needsModel, needsModel, check);
  }

  /** An agent that takes every contender. */
  public KnownAgent(String version, boolean needsModel) {
    this(version, needsModel, ContenderCheck.NONE);
  }
}
