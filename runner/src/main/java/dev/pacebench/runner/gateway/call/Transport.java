package dev.pacebench.runner.gateway.call;

import java.util.Locale;

/** How an answer travels. */
public enum Transport {
  /** Server-sent events over HTTP. */
  SSE,
  /** Events over one WebSocket that stays open between calls. */
  WEBSOCKET,
  /** One JSON document over HTTP, for callers that did not ask for a stream. */
  PLAIN;

  /** As files write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
