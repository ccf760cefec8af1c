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

  /** The wait before a further attempt, or nothing for no further attempt. */
  Optional<Wait> after(int attempt, Answer answer);

  /** For agents that retry themselves. */
  RetryRule NEVER = (attempt, answer) -> Optional.empty();
}
