package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.Output;
import java.util.Arrays;

/**
 * Keeps the head and the tail of a stream and counts the rest.
 *
 * <p>Never holds more than its limit, and no more than was written; safe for several threads.
 */
public final class OutputCollector {

  private static final int FIRST_SIZE = 4096;

  private final int headLimit;
  private final int tailLimit;
  private byte[] head = new byte[0];
  private int headLength;
  private byte[] tail = new byte[0];

  /** Bytes that went to the tail; the ring's next place is this modulo its length. */
  private long tailTotal;

  public OutputCollector(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, is " + limit);
    }
    headLimit = limit - limit / 2;
    tailLimit = limit / 2;
  }

  public void add(byte[] bytes) {
    add(bytes, 0, bytes.length);
  }

  public synchronized void add(byte[] bytes, int offset, int length) {
    int toHead = Math.min(length, headLimit - headLength);
    if (toHead > 0) {
      head = grown(head, headLength + toHead, headLimit);
      System.arraycopy(bytes, offset, head, headLength, toHead);
      headLength += toHead;
    }
    addToTail(bytes, offset + toHead, length - toHead);
  }

  /** What is kept so far. */
  public synchronized Output output() {
    byte[] first = Arrays.copyOf(head, headLength);
    if (tailTotal > tailLimit) {
      int split = tailLimit == 0 ? 0 : (int) (tailTotal % tailLimit);
      byte[] last = new byte[tailLimit];
      System.arraycopy(tail, split, last, 0, tailLimit - split);
      System.arraycopy(tail, 0, last, tailLimit - split, split);
      return new Output(first, last, tailTotal - tailLimit);
    }
    byte[] all = Arrays.copyOf(first, headLength + (int) tailTotal);
    System.arraycopy(tail, 0, all, headLength, (int) tailTotal);
    return new Output(all, new byte[0], 0);
  }

  private void addToTail(byte[] bytes, int offset, int length) {
    int skipped = Math.max(0, length - tailLimit);
    tailTotal += skipped;
    int from = offset + skipped;
    int left = length - skipped;
    // Until it is full the ring is a plain array that grows; then it has its final length.
    tail = grown(tail, (int) Math.min(tailLimit, tailTotal + left), tailLimit);
    while (left > 0) {
      int at = (int) (tailTotal % tailLimit);
      int n = Math.min(left, Math.min(tailLimit, tail.length) - at);
      System.arraycopy(bytes, from, tail, at, n);
      from += n;
      left -= n;
      tailTotal += n;
    }
  }

  private static byte[] grown(byte[] buffer, int needed, int limit) {
    if (needed <= buffer.length) {
      return buffer;
    }
    long doubled = Math.max(FIRST_SIZE, Math.max(2L * buffer.length, needed));
    return Arrays.copyOf(buffer, (int) Math.min(limit, doubled));
  }
}
