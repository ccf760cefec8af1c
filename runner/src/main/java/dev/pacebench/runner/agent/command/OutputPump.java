package dev.pacebench.runner.agent.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Passes one stream of a command on to a helper at the helper's pace.
 *
 * <p>Whoever adds waits only shortly: one thread reads for all commands of a sandbox. So what a
 * helper leaves lying is dropped in the end, and counted.
 */
final class OutputPump implements Runnable {

  private static final long MOST_PENDING = 4L << 20;
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  private final OutputStream to;
  private final Runnable onBroken;
  private final Deque<byte[]> pending = new ArrayDeque<>();
  private long pendingBytes;
  private long total;
  private long dropped;
  private boolean stalled;
  private boolean ended;
  private boolean broken;

  /**
   * A stream.
   *
   * @param onBroken called when nobody reads any more
   */
  OutputPump(OutputStream to, Runnable onBroken) {
    this.to = to;
    this.onBroken = onBroken;
  }

  synchronized void add(byte[] bytes) {
    total += bytes.length;
    awaitRoom(bytes.length);
    if (broken) {
      return;
    }
    if (pendingBytes + bytes.length > MOST_PENDING || dropped > 0) {
      dropped += bytes.length;
      return;
    }
    pending.add(bytes);
    pendingBytes += bytes.length;
    notifyAll();
  }

  private void awaitRoom(int length) {
    long deadline = System.nanoTime() + PATIENCE;
    while (!stalled && !broken && !ended && pendingBytes + length > MOST_PENDING) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        stalled = true;
        return;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Nothing more is added. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized long total() {
    return total;
  }

  /** Bytes that the helper did not take in time; all that follows them is among them. */
  synchronized long dropped() {
    return dropped;
  }

  @Override
  public void run() {
    try {
      for (byte[] next = take(); next.length > 0; next = take()) {
        to.write(next);
      }
    } catch (IOException e) {
      giveUp();
      onBroken.run();
    } catch (InterruptedException e) {
      giveUp();
    }
  }

  private synchronized void giveUp() {
    broken = true;
    pending.clear();
    pendingBytes = 0;
    notifyAll();
  }

  /** The next bytes; none at the end. */
  private synchronized byte[] take() throws InterruptedException {
    while (pending.isEmpty() && !ended) {
      wait();
    }
    byte[] next = pending.poll();
    if (next == null) {
      return new byte[0];
    }
    pendingBytes -= next.length;
    notifyAll();
    return next.length == 0 ? take() : next;
  }
}
