package dev.pacebench.runner.trial;

import dev.pacebench.runner.home.Ticker;
import dev.pacebench.sandbox.PreparedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Knows when images were built or pulled, so that trials which ran beside that can say so.
 *
 * <p>Finding an image that is there already takes no time worth a flag and is forgotten.
 */
final class ImageWork {

  /** Work under way for less than this may well be a mere look-up. */
  private static final long LOOK_UP_NANOS = 500_000_000L;

  private record Span(long from, long to) {}

  private final Ticker ticker;
  private final List<Long> underWay = new ArrayList<>();
  private final List<Span> done = new ArrayList<>();

  ImageWork(Ticker ticker) {
    this.ticker = ticker;
  }

  PreparedImage prepare(Supplier<PreparedImage> work) {
    Long from = ticker.nanos();
    synchronized (this) {
      underWay.add(from);
    }
    boolean built = false;
    try {
      PreparedImage image = work.get();
      built = image.built();
      return image;
    } finally {
      synchronized (this) {
        underWay.remove(from);
        if (built) {
          done.add(new Span(from, ticker.nanos()));
        }
      }
    }
  }

  /** Whether an image was built or pulled at any moment since. */
  synchronized boolean happenedSince(long since) {
    long now = ticker.nanos();
    return done.stream().anyMatch(span -> span.to() - since > 0)
        || underWay.stream().anyMatch(from -> now - from > LOOK_UP_NANOS);
  }
}
