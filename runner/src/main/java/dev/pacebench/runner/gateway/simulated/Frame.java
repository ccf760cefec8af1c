package dev.pacebench.runner.gateway.simulated;

/**
 * One event of an answer.
 *
 * @param event its name where the protocol names events, else empty
 * @param data its JSON, or the mark that ends a stream
 * @param after tokens generated before it may be sent; {@link Pace#OPENING} for what comes first
 * @param kind what it brings
 */
record Frame(String event, String data, long after, Kind kind) {

  enum Kind {
    /** Nothing of the model's output. */
    FRAME_ONLY,
    /** The start of an item, without a piece of it. */
    ITEM,
    /** A piece of the output. */
    TOKENS
  }

  /** As a server-sent event. */
  String sse() {
    return event.isEmpty()
        ? "data: " + data + "\n\n"
        : "event: " + event + "\ndata: " + data + "\n\n";
  }
}
