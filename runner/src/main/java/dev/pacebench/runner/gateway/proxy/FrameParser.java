package dev.pacebench.runner.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Splits the bytes of one direction of a WebSocket into frames, wherever a read ends.
 *
 * <p>Keeps a frame's head alone, never a payload, so a frame of any size needs no memory. For one
 * thread.
 */
final class FrameParser {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int LONGEST_HEAD = 14;

  /**
   * The beginning of a frame.
   *
   * @param raw its head as it came
   * @param length of its payload
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes as they came, compared by nobody.
  record Head(byte[] raw, long length) {
    boolean last() {
      return (raw[0] & 0x80) != 0;
    }

    int opcode() {
      return raw[0] & 0x0f;
    }

    boolean control() {
      return opcode() >= CLOSE;
    }

    boolean masked() {
      return (raw[1] & 0x80) != 0;
    }

    /** Control frames are short and whole, and no payload is longer than 63 bits can say. */
    boolean valid() {
      return length >= 0 && (!control() || (length <= 125 && last()));
    }
  }

  /** Hears of frames in their order. */
  interface Sink {
    /** A frame begins; whether to go on. */
    boolean begin(Head head);

    /** A part of its payload, unmasked. */
    void payload(byte[] bytes, int from, int length);

    /** It is whole. */
    void end();
  }

  private final byte[] head = new byte[LONGEST_HEAD];
  private int have;
  private int need = 2;
  private boolean inPayload;
  private long left;
  private long position;
  private int maskAt;
  private boolean masked;
  private boolean stopped;

  /** Reads on; masked payloads are unmasked in place. */
  void feed(byte[] bytes, Sink sink) {
    int at = 0;
    while (at < bytes.length && !stopped) {
      if (!inPayload) {
        head[have++] = bytes[at++];
        if (have == 2) {
          need = 2 + lengthBytes() + ((head[1] & 0x80) != 0 ? 4 : 0);
        }
        if (have == need) {
          begin(sink);
        }
      } else {
        int part = (int) Math.min(left, bytes.length - at);
        unmask(bytes, at, part);
        sink.payload(bytes, at, part);
        at += part;
        left -= part;
        if (left == 0) {
          finish(sink);
        }
      }
    }
  }

  private void begin(Sink sink) {
    Head made = new Head(Arrays.copyOf(head, need), length());
    masked = made.masked();
    maskAt = need - 4;
    position = 0;
    left = made.length();
    inPayload = true;
    if (!made.valid() || !sink.begin(made)) {
      stopped = true;
    } else if (left == 0) {
      finish(sink);
    }
  }

  private void finish(Sink sink) {
    inPayload = false;
    have = 0;
    need = 2;
    sink.end();
  }

  /** Whether it met a frame that cannot be, or was told not to go on. */
  boolean stopped() {
    return stopped;
  }

  /** A head that is not whole yet. */
  byte[] partial() {
    return inPayload ? new byte[0] : Arrays.copyOf(head, have);
  }

  private int lengthBytes() {
    int small = head[1] & 0x7f;
    return small == 126 ? 2 : small == 127 ? 8 : 0;
  }

  private long length() {
    int bytes = lengthBytes();
    if (bytes == 0) {
      return head[1] & 0x7f;
    }
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | (head[2 + i] & 0xff);
    }
    return length;
  }

  private void unmask(byte[] bytes, int from, int length) {
    if (masked) {
      for (int i = 0; i < length; i++) {
        bytes[from + i] ^= head[maskAt + (int) (position & 3)];
        position++;
      }
    }
  }

  /** A frame; masked with a fresh key as clients must. */
  static byte[] frame(int opcode, boolean last, boolean mask, byte[] payload, int from, int size) {
    int extra = size < 126 ? 0 : size <= 0xffff ? 2 : 8;
    int start = 2 + extra + (mask ? 4 : 0);
    byte[] out = new byte[start + size];
    out[0] = (byte) ((last ? 0x80 : 0) | opcode);
    out[1] = (byte) ((mask ? 0x80 : 0) | (extra == 0 ? size : extra == 2 ? 126 : 127));
    for (int i = 0; i < extra; i++) {
      out[2 + i] = (byte) ((long) size >>> (8 * (extra - 1 - i)));
    }
    System.arraycopy(payload, from, out, start, size);
    if (mask) {
      int key = ThreadLocalRandom.current().nextInt();
      for (int i = 0; i < 4; i++) {
        out[start - 4 + i] = (byte) (key >>> (8 * i));
      }
      for (int i = 0; i < size; i++) {
        out[start + i] ^= out[start - 4 + (i & 3)];
      }
    }
    return out;
  }

  static byte[] frame(int opcode, boolean mask, byte[] payload) {
    return frame(opcode, true, mask, payload, 0, payload.length);
  }

  /** A close frame's payload. */
  static byte[] close(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + Math.min(words.length, 123)];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(words, 0, payload, 2, payload.length - 2);
    return payload;
  }
}
