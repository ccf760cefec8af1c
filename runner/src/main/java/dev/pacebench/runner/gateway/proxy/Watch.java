package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.home.Ticker;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Notices silence: runs something once when nothing was touched for a while.
 *
 * <p>Held at first, and while we ourselves do not read: no silence counts then. For one event loop.
 */
final class Watch {

  private static final long NONE = -1;

  private final Vertx vertx;
  private final Ticker ticker;
  private final long limit;
  private final Runnable silent;
  private long last;
  private long timer = NONE;
  private boolean held = true;
  private boolean stopped;

  Watch(Vertx vertx, Ticker ticker, Duration limit, Runnable silent) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.limit = limit.toNanos();
    this.silent = silent;
  }

  void touch(long nanos) {
    last = nanos;
  }

  void hold() {
    held = true;
  }

  void release() {
    held = false;
    last = ticker.nanos();
    if (timer == NONE && !stopped) {
      arm(limit);
    }
  }

  void stop() {
    stopped = true;
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  private void arm(long nanos) {
    timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), id -> look());
  }

  private void look() {
    timer = NONE;
    if (stopped) {
      return;
    }
    long left = held ? limit : limit - (ticker.nanos() - last);
    if (left > 0) {
      arm(left + 1_000_000);
    } else {
      stopped = true;
      silent.run();
    }
  }
}
