package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Price;
import java.util.Optional;

/**
 * Counts what a trial used against its contender's limits.
 *
 * <p>Tokens are all input, cached included, and all output. A call that reported no usage counts as
 * nothing, so a limit is exact only where every call reports. Limits are looked at between calls:
 * the last one may go beyond.
 */
public final class PriceBudget implements TrialBudget {

  private static final double MILLION = 1e6;

  /** More than any call uses; a provider's figure beyond it is no figure. */
  private static final long MOST = 1_000_000_000_000L;

  private final ContenderLimits limits;
  private final Optional<Price> price;
  private long tokens;
  private double money;

  public PriceBudget(ContenderLimits limits, Optional<Price> price) {
    this.limits = requireNonNull(limits, "limits is null");
    this.price = requireNonNull(price, "price is null");
    if (limits.cost().isPresent() && price.isEmpty()) {
      throw new IllegalArgumentException("a limit of money needs a price");
    }
  }

  @Override
  public synchronized void used(CallRecord call) {
    CallUsage usage = call.answer().usage();
    if (usage == null) {
      return;
    }
    tokens += sane(usage.input()) + sane(usage.output());
    price.ifPresent(found -> money += cost(found, usage));
  }

  /** What one call costs; parts of the input that were cached or written have their own price. */
  public static double cost(Price price, CallUsage usage) {
    long input = sane(usage.input());
    long cached = Math.min(sane(usage.cached()), input);
    long written = Math.min(sane(usage.cacheWrite()), input - cached);
    return ((input - cached - written) * price.input()
            + cached * price.cachedInput()
            + written * price.cacheWrite()
            + sane(usage.output()) * price.output())
        / MILLION;
  }

  private static long sane(long count) {
    return Math.max(0, Math.min(count, MOST));
  }

  @Override
  public synchronized Optional<Ended> usedUp() {
    if (limits.tokens().filter(limit -> tokens >= limit).isPresent()) {
      return Optional.of(Ended.TOKEN_LIMIT);
    }
    return limits.cost().filter(limit -> money >= limit).map(limit -> Ended.COST_LIMIT);
  }

  /** Tokens so far. */
  public synchronized long tokens() {
    return tokens;
  }

  @Override
  public synchronized Optional<Double> cost() {
    return price.map(found -> money);
  }
}
