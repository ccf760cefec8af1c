package dev.pacebench.runner.verify;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Patch;
import java.util.Optional;

/**
 * What is known of the change that a try is about.
 *
 * @param base the commit that the agent started from
 * @param given the change itself, from an agent that hands one over; absent when it is to be taken
 *     from the agent's sandbox
 */
public record ChangeWork(String base, Optional<Patch> given) {

  public ChangeWork {
    requireNonNull(base, "base is null");
    requireNonNull(given, "given is null");
  }
}
