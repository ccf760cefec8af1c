package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.record.ReplayFront.Found;
import dev.pacebench.runner.gateway.simulated.Pacer;

/**
 * Sends one recorded answer, on the server's own thread.
 *
 * <p>The schedule is absolute: what is late does not make later parts late. Nothing is written
 * while the reader is behind.
 */
final class Playback implements Runnable {

  /** Where an answer's parts go. */
  interface Sink {
    /** Whether the reader is behind, so that nothing more may be written now. */
    boolean full();

    /** Runs something, once, when the reader has caught up. */
    void whenDrained(Runnable then);

    void head(RecordedCall.Head head);

    void part(byte[] bytes);

    /** The answer is whole. */
    void finish();

    /** The connection breaks here. */
    void cut();

    /** Whether the reader went away. */
    boolean gone();
  }

  private final ReplayTrial trial;
  private final Found found;
  private final Sink sink;
  private final Pacer pacer;
  private final long read;
  private final Runnable done;
  private int next = -1;
  private boolean over;

  /**
   * Prepares an answer.
   *
   * @param read when the request had been read whole
   * @param done runs when nothing more will be sent
   */
  Playback(ReplayTrial trial, Found found, Sink sink, Pacer pacer, long read, Runnable done) {
    this.trial = trial;
    this.found = found;
    this.sink = sink;
    this.pacer = pacer;
    this.read = read;
    this.done = done;
  }

  /** Sends what is due and comes back for the rest. */
  @Override
  public void run() {
    while (!over) {
      long due = read + offset();
      if (sink.gone()) {
        end();
      } else if (trial.over()) {
        sink.cut();
        end();
      } else if (due - System.nanoTime() > 0) {
        pacer.at(due, this);
        return;
      } else if (sink.full()) {
        sink.whenDrained(this);
        return;
      } else {
        step();
      }
    }
  }

  private long offset() {
    Timings timings = found.timings();
    if (next < 0) {
      return timings.head();
    }
    return next < found.parts().size() ? timings.parts().get(next) : timings.end();
  }

  private void step() {
    if (next < 0) {
      found.call().head().ifPresent(sink::head);
    } else if (next < found.parts().size()) {
      sink.part(found.parts().get(next));
    } else {
      close();
    }
    next++;
  }

  /** Ends as the recorded one ended towards the gateway. */
  private void close() {
    switch (found.call().call().answer().end()) {
      case CUT, UNREACHABLE -> sink.cut();
      // Then it was not the provider that ended it, and the agent or the phase will again.
      case ABANDONED, PHASE_OVER, SILENT -> {}
      default -> sink.finish();
    }
    end();
  }

  private void end() {
    over = true;
    done.run();
  }
}
