package dev.pacebench.runner.gateway.call;

/**
 * A wait of the gateway between two attempts of one call.
 *
 * @param nanos how long it waited, from the end of the attempt before
 * @param ordered whether the provider said how long
 */
public record RetryWait(long nanos, boolean ordered) {
  public RetryWait {
    if (nanos < 0) {
      throw new IllegalArgumentException("a wait cannot be negative: " + nanos);
    }
  }
}
