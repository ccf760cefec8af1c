package dev.pacebench.runner.gateway.call;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of one model call.
 *
 * @param seq number of the call within its trial, from 1
 * @param attempt number of the attempt within the call, from 1
 * @param protocol what was spoken
 * @param transport how the answer travelled
 * @param connection number of the connection to the provider within the trial, from 1; 0 for none
 * @param connectionReused whether an earlier call had used it
 * @param asked what was asked for
 * @param answer what came
 * @param times when, on one monotonic clock
 * @param bytesUp bytes of the request's body or frame, as sent
 * @param bytesDown bytes of the answer's body or frames
 * @param waited the wait after the attempt before, which begins at {@code times.scheduled()}
 */
public record CallRecord(
    int seq,
    int attempt,
    Protocol protocol,
    Transport transport,
    int connection,
    boolean connectionReused,
    Asked asked,
    Answer answer,
    CallTimes times,
    long bytesUp,
    long bytesDown,
    @Nullable RetryWait waited) {

  public CallRecord {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(transport, "transport is null");
    requireNonNull(asked, "asked is null");
    requireNonNull(answer, "answer is null");
    requireNonNull(times, "times is null");
    if (seq < 1 || attempt < 1) {
      throw new IllegalArgumentException("seq and attempt count from 1");
    }
  }

  /** An attempt that nothing was waited for. */
  public CallRecord(
      int seq,
      int attempt,
      Protocol protocol,
      Transport transport,
      int connection,
      boolean connectionReused,
      Asked asked,
      Answer answer,
      CallTimes times,
      long bytesUp,
      long bytesDown) {
    this(
        seq,
        attempt,
        protocol,
        transport,
        connection,
        connectionReused,
        asked,
        answer,
        times,
        bytesUp,
        bytesDown,
        null);
  }

  /** The same with times counted from an instant. */
  public CallRecord since(long origin) {
    return new CallRecord(
        seq,
        attempt,
        protocol,
        transport,
        connection,
        connectionReused,
        asked,
        answer,
        times.since(origin),
        bytesUp,
        bytesDown,
        waited);
  }
}
