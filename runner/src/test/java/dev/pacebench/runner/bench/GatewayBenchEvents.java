package dev.pacebench.runner.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts the whole events in what is read of an answer, byte by byte. */
interface GatewayBenchEvents {

  /** A new answer begins. */
  void reset();

  /** Events that these bytes made whole. */
  int read(byte[] bytes, int length);

  /** Whether the answer is at its end. */
  boolean over();

  /** Server-sent events in a chunked body. */
  final class Sse implements GatewayBenchEvents {

    private enum At {
      HEAD,
      SIZE,
      DATA,
      AFTER_DATA,
      LAST
    }

    private At at = At.HEAD;
    private int ends;
    private long left;
    private boolean newLine;
    private boolean over;

    @Override
    public void reset() {
      at = At.HEAD;
      ends = 0;
      left = 0;
      newLine = false;
      over = false;
    }

    @Override
    public int read(byte[] bytes, int length) {
      int events = 0;
      for (int i = 0; i < length; i++) {
        byte next = bytes[i];
        switch (at) {
          case HEAD -> {
            ends = next == '\r' || next == '\n' ? ends + 1 : 0;
            at = ends == 4 ? At.SIZE : At.HEAD;
          }
          case SIZE -> {
            if (next == '\n') {
              at = left == 0 ? At.LAST : At.DATA;
              ends = 0;
            } else if (next != '\r') {
              left = left * 16 + Character.digit(next, 16);
            }
          }
          case DATA -> {
            events += next == '\n' && newLine ? 1 : 0;
            newLine = next == '\n' && !newLine;
            left--;
            at = left == 0 ? At.AFTER_DATA : At.DATA;
          }
          case AFTER_DATA -> at = next == '\n' ? At.SIZE : At.AFTER_DATA;
          case LAST -> over = next == '\n';
        }
      }
      return events;
    }

    @Override
    public boolean over() {
      return over;
    }
  }

  /** Text frames of a server. */
  final class Frames implements GatewayBenchEvents {

    private static final byte[] LAST =
        "{\"type\":\"response.completed\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head = new byte[10];
    private final byte[] start = new byte[LAST.length];
    private int headRead;
    private long left;
    private int startRead;
    private boolean over;

    @Override
    public void reset() {
      over = false;
    }

    @Override
    public int read(byte[] bytes, int length) {
      int events = 0;
      int i = 0;
      while (i < length) {
        if (left == 0) {
          head[headRead++] = bytes[i++];
          if (headRead >= 2 && headRead == headLength()) {
            left = payload();
            startRead = 0;
          }
        } else {
          int take = (int) Math.min(left, length - i);
          int kept = Math.min(take, start.length - startRead);
          System.arraycopy(bytes, i, start, startRead, kept);
          startRead += kept;
          i += take;
          left -= take;
          if (left == 0) {
            headRead = 0;
            events++;
            over |= startRead == LAST.length && Arrays.equals(start, LAST);
          }
        }
      }
      return events;
    }

    private int headLength() {
      int size = head[1] & 127;
      return size == 127 ? 10 : size == 126 ? 4 : 2;
    }

    private long payload() {
      int size = head[1] & 127;
      if (size < 126) {
        return size;
      }
      long length = 0;
      for (int i = 2; i < headRead; i++) {
        length = length << 8 | head[i] & 255;
      }
      return length;
    }

    @Override
    public boolean over() {
      return over;
    }
  }
}
