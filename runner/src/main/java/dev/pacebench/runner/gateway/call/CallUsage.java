package dev.pacebench.runner.gateway.call;

/**
 * Tokens as the provider counted them, in one meaning for all protocols.
 *
 * @param input all input tokens, cached ones included
 * @param cached input tokens read from a cache
 * @param cacheWrite input tokens written to a cache
 * @param output all output tokens, reasoning included
 * @param reasoning output tokens spent on reasoning
 */
public record CallUsage(long input, long cached, long cacheWrite, long output, long reasoning) {

  public static final CallUsage NONE = new CallUsage(0, 0, 0, 0, 0);

  public CallUsage plus(CallUsage other) {
    return new CallUsage(
        input + other.input,
        cached + other.cached,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning);
  }
}
