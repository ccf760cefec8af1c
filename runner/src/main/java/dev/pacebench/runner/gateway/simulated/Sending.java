package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Transport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer at its pace, on the server's own thread.
 *
 * <p>Nothing is made before it is due and nothing is written while the reader is behind, so a slow
 * reader costs no memory; what was held up follows at once, since the schedule is absolute.
 */
final class Sending implements Runnable {

  /** Then other answers get their turn. */
  private static final int MOST_AT_ONCE = 64;

  private final Trial trial;
  private final Trial.Reply reply;
  private final Transport transport;
  private final Sink sink;
  private final Line line;
  private final long read;
  private final Runnable done;
  private final Iterator<Frame> frames;
  private final SentCall.Writer instants;
  private final List<Frame> bundle = new ArrayList<>();
  private @Nullable Frame next;
  private long due;
  private boolean over;

  /** What all answers of a server share. */
  record Line(Pacer pacer, SentLog log) {}

  /**
   * Prepares an answer.
   *
   * @param read when the request had been read whole
   * @param done runs when nothing more will be sent
   */
  Sending(
      Trial trial,
      Trial.Reply reply,
      Iterator<Frame> frames,
      Transport transport,
      Sink sink,
      Line line,
      long read,
      Runnable done) {
    this.trial = trial;
    this.reply = reply;
    this.frames = frames;
    this.transport = transport;
    this.sink = sink;
    this.line = line;
    this.read = read;
    this.done = done;
    int pieces = reply.call().said().parts().stream().mapToInt(p -> p.pieces().count()).sum();
    instants = new SentCall.Writer(pieces + 32);
    due = read;
  }

  void start() {
    if (reply.fault().isPresent() && reply.fault().get() != Fault.CUT) {
      Refusal refusal = reply.fault().get().refusal(reply.call().ask().protocol());
      line.pacer().at(read + reply.call().pace().opening(), () -> refuse(refusal));
    } else {
      advance();
      run();
    }
  }

  private void refuse(Refusal refusal) {
    if (!over) {
      if (!sink.gone()) {
        sink.refuse(refusal);
      }
      end(false);
    }
  }

  /** Sends what is due and comes back for the rest. */
  @Override
  public void run() {
    for (int i = 0; i < MOST_AT_ONCE && !over; i++) {
      if (sink.gone()) {
        end(next == null);
      } else if (next == null) {
        sink.finish();
        end(true);
      } else if (trial.over() || next.after() > reply.cutAfter()) {
        sink.cut();
        end(false);
      } else if (due - System.nanoTime() > 0) {
        line.pacer().at(due, this);
        return;
      } else if (sink.full()) {
        sink.whenDrained(this);
        return;
      } else {
        sendBundle(next);
      }
    }
    if (!over) {
      line.pacer().at(System.nanoTime(), this);
    }
  }

  private void sendBundle(Frame first) {
    long dueNow = due;
    bundle.clear();
    for (Frame frame = first; frame != null && due == dueNow; frame = next) {
      bundle.add(frame);
      advance();
      if (bundle.size() == MOST_AT_ONCE || (next != null && next.after() > reply.cutAfter())) {
        break;
      }
    }
    sink.send(bundle, (frame, nanos) -> instants.add(frame, nanos, dueNow));
  }

  private void advance() {
    next = frames.hasNext() ? frames.next() : null;
    if (next != null) {
      long wanted = read + reply.call().pace().due(next.after());
      due = wanted - due > 0 ? wanted : due;
    }
  }

  /** The reader went away. */
  void abandon() {
    if (!over) {
      end(false);
    }
  }

  private void end(boolean whole) {
    over = true;
    line.log().add(instants.done(trial.name(), transport, reply.call(), read, whole));
    done.run();
  }
}
