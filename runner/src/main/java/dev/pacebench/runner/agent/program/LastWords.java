package dev.pacebench.runner.agent.program;

import java.util.Arrays;

/** Keeps the end of a stream. */
final class LastWords {

  private static final int MOST = 4096;

  private byte[] end = new byte[0];

  void add(byte[] bytes) {
    byte[] last =
        bytes.length <= MOST ? bytes : Arrays.copyOfRange(bytes, bytes.length - MOST, bytes.length);
    int kept = Math.min(end.length, MOST - last.length);
    byte[] joined =
        Arrays.copyOf(Arrays.copyOfRange(end, end.length - kept, end.length), kept + last.length);
    System.arraycopy(last, 0, joined, kept, last.length);
    end = joined;
  }

  /** The last line that holds anything. */
  String line() {
    return Said.lastLine(end);
  }
}
