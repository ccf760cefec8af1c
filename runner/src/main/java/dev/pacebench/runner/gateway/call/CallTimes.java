package dev.pacebench.runner.gateway.call;

import org.jspecify.annotations.Nullable;

/**
 * When what happened in one attempt, in nanoseconds of one monotonic clock; absent is what did not
 * happen.
 *
 * @param scheduled when the caller wanted it, before any wait
 * @param released when our own limiter let it go; equals {@code scheduled} without a limiter
 * @param connectStart start of connecting (name, TCP, TLS, upgrade); absent on a used connection
 * @param connectEnd end of connecting
 * @param send just before the first byte of the request
 * @param sent last byte of the request handed over
 * @param headers response headers, or the first frame of any kind
 * @param first first non-empty piece of model output of any kind
 * @param answer first piece of answer: text, or the start of a tool call
 * @param last last piece of model output
 * @param terminal the event that says how it ended
 * @param end the end of the attempt, whatever ended it
 */
public record CallTimes(
    long scheduled,
    @Nullable Long released,
    @Nullable Long connectStart,
    @Nullable Long connectEnd,
    @Nullable Long send,
    @Nullable Long sent,
    @Nullable Long headers,
    @Nullable Long first,
    @Nullable Long answer,
    @Nullable Long last,
    @Nullable Long terminal,
    long end) {

  /** The same, counted from an instant. */
  public CallTimes since(long origin) {
    return new CallTimes(
        scheduled - origin,
        less(released, origin),
        less(connectStart, origin),
        less(connectEnd, origin),
        less(send, origin),
        less(sent, origin),
        less(headers, origin),
        less(first, origin),
        less(answer, origin),
        less(last, origin),
        less(terminal, origin),
        end - origin);
  }

  private static @Nullable Long less(@Nullable Long value, long origin) {
    return value == null ? null : Long.valueOf(value - origin);
  }
}
