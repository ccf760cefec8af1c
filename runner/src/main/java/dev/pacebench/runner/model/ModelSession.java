package dev.pacebench.runner.model;

import java.util.List;

/**
 * One conversation with a model; for one thread.
 *
 * <p>It remembers what was said. What is added stays said whether or not an answer comes: after a
 * failure, an interruption or an overflow {@code ask(List.of(), ...)} asks the same again. Of an
 * answer that did not come to its end nothing is kept.
 */
public interface ModelSession extends AutoCloseable {

  /**
   * Says something more and waits for the answer. An interruption cancels the request at once.
   *
   * @throws ModelException when no usable answer came; never for what the model itself did
   */
  Turn ask(List<Input> added, TurnListener live) throws InterruptedException, ModelException;

  /**
   * Connects, and lets the model read what is known so far where the transport can do so without an
   * answer; elsewhere it does nothing.
   */
  void warmUp() throws InterruptedException, ModelException;

  /**
   * Makes the conversation shorter: results of tools, but for the newest, become a short note.
   *
   * @param keep number of newest results that stay whole
   * @return how many results were shortened
   */
  int compact(int keep);

  /** Lets its connection go. */
  @Override
  void close();
}
