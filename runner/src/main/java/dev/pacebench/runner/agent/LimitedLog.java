package dev.pacebench.runner.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes a live log up to a limit and says how much was left out. */
public final class LimitedLog {

  /** No agent's chatter may fill the disk of the home. */
  private static final long LIMIT = 16L << 20;

  private final OutputStream out;
  private long written;
  private long dropped;

  public LimitedLog(OutputStream out) {
    this.out = out;
  }

  public synchronized void write(byte[] bytes) {
    int room = (int) Math.min(bytes.length, LIMIT - written);
    try {
      out.write(bytes, 0, room);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written += room;
    dropped += bytes.length - room;
  }

  public synchronized void end() throws IOException {
    if (dropped > 0) {
      out.write(("\n[" + dropped + " bytes left out]\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
