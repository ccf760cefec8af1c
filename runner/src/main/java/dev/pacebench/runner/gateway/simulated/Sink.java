package dev.pacebench.runner.gateway.simulated;

import java.util.List;

/** Where an answer's events go; used on the server's own thread. */
interface Sink {

  /** Hears when an event was handed to the socket. */
  interface Stamp {
    void sent(Frame frame, long nanos);
  }

  /** Whether nobody reads any more. */
  boolean gone();

  /** Whether the reader is behind, so that nothing more may be written now. */
  boolean full();

  /** Runs something, once, when the reader has caught up. */
  void whenDrained(Runnable then);

  /** Writes events that are due at one instant. */
  void send(List<Frame> frames, Stamp stamp);

  /** The answer is whole. */
  void finish();

  /** The answer breaks off here. */
  void cut();

  /** An error instead of an answer. */
  void refuse(Refusal refusal);
}
