package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * When a reader saw each event of an answer whole, to be compared with when it was sent.
 *
 * <p>Reads are split and joined anywhere on the way, so events are told apart by their ends, not by
 * the reads that brought them. Safe for a thread that reads and another one that compares later.
 */
public final class SeenCall {

  private final List<Long> ends = new ArrayList<>();
  private boolean newLine;

  /**
   * Takes what was read.
   *
   * @param frame whether it is a whole event by itself, such as a frame of a WebSocket
   */
  public synchronized void read(byte[] part, boolean frame, long nanos) {
    if (frame) {
      ends.add(nanos);
      return;
    }
    for (byte next : part) {
      if (next == '\n' && newLine) {
        ends.add(nanos);
      }
      newLine = next == '\n' && !newLine;
    }
  }

  /** Begins with another answer. */
  public synchronized void reset() {
    ends.clear();
    newLine = false;
  }

  /** Events that were seen whole. */
  public synchronized int events() {
    return ends.size();
  }

  /**
   * By how many nanoseconds the gaps between neighbouring events were seen wrong.
   *
   * <p>Events that went in one write have no gap; over HTTP those are the ones due together.
   */
  public synchronized List<Long> gapErrors(SentCall sent) {
    if (ends.size() != sent.sent().length) {
      throw new IllegalStateException(
          sent.sent().length + " events were sent, " + ends.size() + " were seen");
    }
    List<Long> errors = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      long truth = sent.sent()[i] - sent.sent()[i - 1];
      if (truth != 0) {
        errors.add(Math.abs(ends.get(i) - ends.get(i - 1) - truth));
      }
    }
    return errors;
  }
}
