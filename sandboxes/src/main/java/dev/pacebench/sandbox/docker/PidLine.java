package dev.pacebench.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Takes the first line of an output, which is a pid, off it; text that is none stays. */
final class PidLine {

  private static final int LONGEST = 12;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile long pid;
  private boolean done;

  /** The pid, once it has come; else 0. */
  long pid() {
    return pid;
  }

  /** What is left of the next piece of output. */
  synchronized byte[] strip(byte[] bytes) {
    if (done) {
      return bytes;
    }
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\n' && line.size() > 0) {
        done = true;
        pid = Long.parseLong(line.toString(java.nio.charset.StandardCharsets.US_ASCII));
        return Arrays.copyOfRange(bytes, i + 1, bytes.length);
      }
      if (b < '0' || b > '9' || line.size() == LONGEST) {
        done = true;
        byte[] rest = Arrays.copyOfRange(bytes, i, bytes.length);
        line.writeBytes(rest);
        return line.toByteArray();
      }
      line.write(b);
    }
    return new byte[0];
  }
}
