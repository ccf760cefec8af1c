package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallRecord;

/** Hears of a door's calls, on the gateway's own threads; must return at once and never throw. */
public interface CallListener {

  /** A coarse word of what a call is doing, for live views. */
  enum Moment {
    WAITING,
    SENDING,
    SENT,
    FIRST,
    ANSWER,
    DONE
  }

  default void moment(int seq, Moment moment, long nanos) {}

  /** An attempt ended; its times are nanoseconds of the gateway's clock. */
  void ended(CallRecord call);

  /**
   * The body of a request as it was sent, or a client's WebSocket frame. The array must not be
   * changed.
   */
  default void request(int seq, int attempt, byte[] body, long nanos) {}

  /** A part of the answer as it was read. The array must not be changed. */
  default void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {}

  /** Status and headers of the answer, without cookies and secrets. */
  default void head(
      int seq,
      int attempt,
      int status,
      java.util.Map<String, java.util.List<String>> headers,
      long nanos) {}

  /** Nobody listens. */
  CallListener NONE = call -> {};
}
