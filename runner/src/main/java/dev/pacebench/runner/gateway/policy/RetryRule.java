package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Answer;
import java.time.Duration;
import java.util.Optional;

/** Whether a failed attempt is tried again, before anything of it was forwarded. */
@FunctionalInterface
public interface RetryRule {

  /**
   * A wait before the next attempt.
   *
   * @param ordered whether the provider said how long
   */
  record Wait(Duration length, boolean ordered) {}

  /**
   * The wait before a further attempt, or nothing for no further attempt.
   *
   * @param attempt number of the one that failed, from 1
   */
  Optional<Wait> after(int attempt, Answer answer);

  /**
   * The same, where the provider itself said whether to retry.
   *
   * @param told what the header {@link #TOLD} said
   */
  default Optional<Wait> after(int attempt, Answer answer, Optional<Boolean> told) {
    return told.isPresent() && !told.get() ? Optional.empty() : after(attempt, answer);
  }

  /** The header by which some providers overrule every rule of their clients. */
  String TOLD = "x-should-retry";

  /** For agents that retry themselves. */
  RetryRule NEVER = (attempt, answer) -> Optional.empty();
}
