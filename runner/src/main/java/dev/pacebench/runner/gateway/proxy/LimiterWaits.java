package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.home.Ticker;

/** Adds up the time in which calls waited for our own limiter and none was under way. */
final class LimiterWaits {

  private final Ticker ticker;
  private int waiting;
  private int under;
  private long since;
  private long total;

  LimiterWaits(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /** A call begins to wait, or ends waiting (-1); is under way, or is no more (-1). */
  synchronized void change(int waits, int goes) {
    advance();
    waiting += waits;
    under += goes;
  }

  synchronized long nanos() {
    advance();
    return total;
  }

  private void advance() {
    long now = ticker.nanos();
    if (waiting > 0 && under == 0) {
      total += now - since;
    }
    since = now;
  }
}
