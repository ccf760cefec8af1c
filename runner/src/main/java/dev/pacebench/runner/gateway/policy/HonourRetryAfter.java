package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Tries again what may work the next time, after the wait that the provider ordered.
 *
 * <p>Statuses, waits and their spread are those of the providers' own clients, so that an agent
 * that leaves retries to the gateway fares like one that has them. An order to wait longer than
 * {@link #LONGEST_ORDER} ends the attempts: a shorter wait would break it. A provider that is
 * overloaded is tried again as well, since an agent behind this rule has no other hope.
 */
public final class HonourRetryAfter implements RetryRule {

  /** Attempts that one call may have, unless stated. */
  public static final int USUAL_ATTEMPTS = 5;

  static final Duration LONGEST_ORDER = Duration.ofMinutes(2);
  private static final double FIRST_WAIT_SECONDS = 0.5;
  private static final double LONGEST_WAIT_SECONDS = 8;
  private static final double SPREAD = 0.25;

  /** Said with a status that usually passes, and will not pass by itself. */
  private static final Set<String> FINAL =
      Set.of("insufficient_quota", "usage_limit_reached", "usage_not_included");

  private final int mostAttempts;
  private final Random random;

  /**
   * @param mostAttempts of one call, the first included
   * @param seed decides the spread of waits
   */
  public HonourRetryAfter(int mostAttempts, long seed) {
    if (mostAttempts < 1) {
      throw new IllegalArgumentException("a call has one attempt at least");
    }
    this.mostAttempts = mostAttempts;
    this.random = new Random(seed);
  }

  @Override
  public Optional<Wait> after(int attempt, Answer answer) {
    return after(attempt, answer, Optional.empty());
  }

  @Override
  public Optional<Wait> after(int attempt, Answer answer, Optional<Boolean> told) {
    requireNonNull(answer, "answer is null");
    if (attempt >= mostAttempts || !told.orElseGet(() -> mayPass(answer))) {
      return Optional.empty();
    }
    Long ordered = answer.retryAfterMillis();
    if (ordered != null && ordered >= 0) {
      return ordered > LONGEST_ORDER.toMillis()
          ? Optional.empty()
          : Optional.of(new Wait(Duration.ofMillis(ordered), true));
    }
    return Optional.of(new Wait(ownWait(attempt), false));
  }

  private static boolean mayPass(Answer answer) {
    if (answer.errorCode() != null && FINAL.contains(answer.errorCode())) {
      return false;
    }
    if (answer.end() == CallEnd.UNREACHABLE) {
      return true;
    }
    if (answer.end() == CallEnd.CUT && answer.firstSource() == null) {
      return true;
    }
    int status = answer.status();
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  private Duration ownWait(int attempt) {
    double seconds = Math.min(FIRST_WAIT_SECONDS * Math.pow(2, attempt - 1), LONGEST_WAIT_SECONDS);
    double share;
    synchronized (random) {
      share = 1 - SPREAD * random.nextDouble();
    }
    return Duration.ofMillis(Math.round(seconds * share * 1000));
  }
}
