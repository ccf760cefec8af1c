package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A new instruction that comes while the agent works; exactly one of the two says when.
 *
 * @param atTime into the agent phase, whatever the agent does then
 * @param atTurn of the model, counted from 1, once that turn's answer begins
 */
public record Interruption(Optional<Duration> atTime, OptionalInt atTurn, String instruction) {

  public Interruption {
    requireNonNull(atTime, "atTime is null");
    requireNonNull(atTurn, "atTurn is null");
    requireNonNull(instruction, "instruction is null");
    if (atTime.isPresent() == atTurn.isPresent()) {
      throw new IllegalArgumentException("one of atTime and atTurn is needed");
    }
  }
}
