package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** What that header said; names of headers in lower case. */
  static Optional<Boolean> told(Map<String, List<String>> headers) {
    return headers.getOrDefault(TOLD, List.of()).stream()
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .filter(value -> value.equals("true") || value.equals("false"))
        .map(Boolean::valueOf)
        .findFirst();
  }

  /** For agents that retry themselves. */
  RetryRule NEVER = (attempt, answer) -> Optional.empty();
}
