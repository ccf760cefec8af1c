package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits that a contender sets.
 *
 * @param time of the agent phase; the smaller of it and the task's holds
 * @param steps of the agent in one trial
 * @param tokens of one trial, input and output together
 * @param cost of one trial, in the money of the model's price
 * @param rates how fast calls may follow each other, over all trials of the contender
 */
public record ContenderLimits(
    Optional<Duration> time,
    Optional<Integer> steps,
    Optional<Long> tokens,
    Optional<Double> cost,
    CallRates rates) {

  /**
   * How fast calls may follow each other; not part of a contender's digest, since waits for these
   * are taken out of its time.
   */
  public record CallRates(
      Optional<Integer> inFlight,
      Optional<Integer> requestsPerMinute,
      Optional<Long> tokensPerMinute) {

    public static final CallRates NONE =
        new CallRates(Optional.empty(), Optional.empty(), Optional.empty());

    public CallRates {
      if (inFlight.filter(count -> count < 1).isPresent()
          || requestsPerMinute.filter(count -> count < 1).isPresent()
          || tokensPerMinute.filter(count -> count < 1).isPresent()) {
        throw new IllegalArgumentException("a rate must allow something");
      }
    }
  }

  public ContenderLimits {
    requireNonNull(rates, "rates is null");
    if (steps.filter(count -> count < 1).isPresent()
        || tokens.filter(count -> count < 1).isPresent()
        || cost.filter(money -> !(money > 0)).isPresent()) {
      throw new IllegalArgumentException("a limit must allow something");
    }
  }

  /** A limit of time alone. */
  public ContenderLimits(Optional<Duration> time) {
    this(time, Optional.empty(), Optional.empty(), Optional.empty(), CallRates.NONE);
  }

  public static ContenderLimits none() {
    return new ContenderLimits(Optional.empty());
  }
}
