package dev.pacebench.runner.trajectory;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads lines of a file that something untrusted may have written; too long ones are left out. */
final class Lines implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int filled;
  private int leftOut;

  private Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Opens a regular file; empty when there is none. */
  static Optional<Lines> open(Path file, int longest) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new Lines(new BufferedInputStream(Files.newInputStream(file)), longest))
        : Optional.empty();
  }

  /** The next line that is not too long, or null at the end. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    boolean any = false;
    while (position < filled || fill()) {
      any = true;
      int end = position;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      tooLong |= line.size() + (end - position) > longest;
      if (!tooLong) {
        line.write(buffer, position, end - position);
      }
      boolean whole = end < filled;
      position = whole ? end + 1 : end;
      if (whole) {
        if (!tooLong) {
          return line.toByteArray();
        }
        leftOut++;
        line.reset();
        tooLong = false;
        any = false;
      }
    }
    return any && !tooLong ? line.toByteArray() : null;
  }

  /** Lines that were too long. */
  int leftOut() {
    return leftOut;
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
