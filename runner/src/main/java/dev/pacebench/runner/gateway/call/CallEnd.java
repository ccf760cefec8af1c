package dev.pacebench.runner.gateway.call;

import java.util.Locale;

/** How one attempt of a call ended. */
public enum CallEnd {
  /** The provider said that the answer is complete. */
  COMPLETED,
  /** The provider said that it stopped before the end, such as at a token limit. */
  INCOMPLETE,
  /** An error inside the stream. */
  FAILED,
  /** An HTTP status from 400 on, or a refused WebSocket. */
  REFUSED,
  /** The stream ended or broke without its last event. */
  CUT,
  /** The provider could not be reached. */
  UNREACHABLE,
  /** Nothing came for longer than allowed. */
  SILENT,
  /** The agent went away. */
  ABANDONED,
  /** The agent phase ended. */
  PHASE_OVER,
  /** A limit of the contender kept the call from being sent. */
  LIMITED,
  /** It ended, and what came is no stream that is known. */
  UNKNOWN;

  /** Whether an answer came that can be used. */
  public boolean answered() {
    return this == COMPLETED || this == INCOMPLETE;
  }

  /** As files write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
