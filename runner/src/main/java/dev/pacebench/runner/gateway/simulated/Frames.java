package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The events of one answer, made one by one as they are sent: a long answer is never held whole.
 *
 * <p>What starts a part is due with its first piece, what ends it with its last.
 */
abstract class Frames implements Iterator<Frame> {

  protected final Said said;
  private final Deque<Frame> ready = new ArrayDeque<>();
  private long after = Pace.OPENING;
  private long before;
  private int part = -1;
  private int piece;
  private boolean closed;

  Frames(Said said) {
    this.said = said;
  }

  /** Before any token. */
  protected abstract void opening();

  protected abstract void start(int index, Part part);

  protected abstract void piece(int index, Part part, String piece);

  protected abstract void finish(int index, Part part);

  protected abstract void closing();

  protected final void emit(String event, String data, Frame.Kind kind) {
    ready.add(new Frame(event, data, after, kind));
  }

  @Override
  public final boolean hasNext() {
    while (ready.isEmpty() && !closed) {
      step();
    }
    return !ready.isEmpty();
  }

  @Override
  public final Frame next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the answer is over");
    }
    return ready.remove();
  }

  private void step() {
    if (part < 0) {
      opening();
      part = 0;
    } else if (part >= said.parts().size()) {
      after = Math.max(0, after);
      closing();
      closed = true;
    } else {
      advance(said.parts().get(part));
    }
  }

  private void advance(Part current) {
    Pieces pieces = current.pieces();
    if (piece == 0) {
      after = before + (pieces.count() == 0 ? Math.min(1, pieces.tokens()) : pieces.tokensAfter(0));
      start(part, current);
    }
    if (piece < pieces.count()) {
      after = before + pieces.tokensAfter(piece);
      piece(part, current, pieces.piece(piece));
      piece++;
    }
    if (piece >= pieces.count()) {
      before += pieces.tokens();
      after = before;
      finish(part, current);
      part++;
      piece = 0;
    }
  }
}
