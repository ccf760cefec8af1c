package dev.pacebench.runner.gateway.wire;

import java.util.Arrays;

/**
 * Bytes of unknown length, of which the head and the tail are kept.
 *
 * <p>Holds at most {@code headLimit + tailLimit} bytes whatever is added.
 */
final class Kept {

  /** Buffers above this are given back when they are no longer needed. */
  private static final int CHEAP = 16 * 1024;

  private static final byte[] NONE = new byte[0];

  private final int headLimit;
  private final int tailLimit;
  private byte[] head = NONE;
  private byte[] ring = NONE;
  private long length;

  Kept(int headLimit, int tailLimit) {
    this.headLimit = headLimit;
    this.tailLimit = tailLimit;
  }

  void add(byte[] bytes, int offset, int count) {
    int toHead = (int) Math.min(count, headLimit - Math.min(length, headLimit));
    if (toHead > 0) {
      int used = (int) length;
      if (used + toHead > head.length) {
        head = Arrays.copyOf(head, capacity(used + toHead));
      }
      System.arraycopy(bytes, offset, head, used, toHead);
      length += toHead;
    }
    if (toHead < count) {
      addToRing(bytes, offset + toHead, count - toHead);
    }
  }

  private int capacity(int needed) {
    return Math.min(
        headLimit, Math.max(1024, Math.max(needed, (int) Math.min(headLimit, 2L * head.length))));
  }

  private void addToRing(byte[] bytes, int offset, int count) {
    if (tailLimit > 0) {
      if (ring.length == 0) {
        ring = new byte[tailLimit];
      }
      int last = Math.min(count, tailLimit);
      int from = offset + count - last;
      int at = (int) ((length - headLimit + count - last) % tailLimit);
      int first = Math.min(last, tailLimit - at);
      System.arraycopy(bytes, from, ring, at, first);
      System.arraycopy(bytes, from + first, ring, 0, last - first);
    }
    length += count;
  }

  /** Bytes added. */
  long length() {
    return length;
  }

  /** Whether nothing was left out. */
  boolean whole() {
    return length <= headLimit;
  }

  /** The head, in an array that may be longer and is not to be changed. */
  byte[] head() {
    return head;
  }

  int headLength() {
    return (int) Math.min(length, headLimit);
  }

  /** The last bytes, at most {@code tailLimit}. */
  byte[] tail() {
    int size = (int) Math.min(length, tailLimit);
    byte[] tail = new byte[size];
    int beyond = (int) Math.min(size, Math.max(0, length - headLimit));
    System.arraycopy(head, headLength() - (size - beyond), tail, 0, size - beyond);
    for (int i = 0; i < beyond; i++) {
      tail[size - beyond + i] = ring[(int) ((length - headLimit - beyond + i) % tailLimit)];
    }
    return tail;
  }

  void clear() {
    length = 0;
    ring = NONE;
    if (head.length > CHEAP) {
      head = NONE;
    }
  }

  /** Bytes of memory held. */
  long held() {
    return (long) head.length + ring.length;
  }
}
