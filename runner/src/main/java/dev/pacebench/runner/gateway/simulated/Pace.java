package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;

/**
 * When what is sent, in nanoseconds after the request was read whole.
 *
 * <p>The schedule is absolute: what comes late does not make later tokens late. Every wait is
 * stretched by a factor from 1 - jitter to 1 + jitter; within the stream each instant is moved by
 * up to half of that, so that the gaps spread as the waits do and the pace holds.
 */
final class Pace {

  /** What is sent before any token. */
  static final long OPENING = -1;

  private final Draws draws;
  private final long opening;
  private final long first;
  private final long firstTokens;
  private final double nanosPerToken;
  private final double wobble;

  /**
   * A call's schedule.
   *
   * @param unread input tokens that are not cached
   * @param firstTokens tokens that the first event with any brings
   */
  Pace(SimulatedTier tier, Draws draws, long unread, long firstTokens) {
    this.draws = draws;
    this.firstTokens = firstTokens;
    opening = stretched(tier.roundtrip(), tier.jitter(), 1);
    double rate = tier.prefillTokensPerSecond();
    Duration prefill = rate > 0 ? Duration.ofNanos((long) (unread / rate * 1e9)) : Duration.ZERO;
    // Where nothing is generated, such as for a warm-up, the input is read all the same.
    Duration wait = firstTokens > 0 ? tier.firstToken() : Duration.ZERO;
    first = opening + stretched(prefill, tier.jitter(), 2) + stretched(wait, tier.jitter(), 3);
    nanosPerToken = 1e9 / tier.tokensPerSecond();
    wobble = nanosPerToken * tier.tokensPerFrame() * tier.jitter() / 2;
  }

  private long stretched(Duration wait, double jitter, long number) {
    return (long) (wait.toNanos() * (1 + jitter * draws.spread(-number)));
  }

  /** When a server says that it took the request on. */
  long opening() {
    return opening;
  }

  /** When reading is done and the first token would come, for answers without one. */
  long first() {
    return first;
  }

  /** When the given number of tokens has been generated. */
  long due(long tokens) {
    if (tokens < 0) {
      return opening;
    }
    if (tokens <= firstTokens) {
      return first;
    }
    return first + (long) ((tokens - firstTokens) * nanosPerToken + wobble * draws.spread(tokens));
  }
}
