package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a file of one JSON object a line.
 *
 * <p>A line without its line feed is refused, since a writer that was killed leaves such a one.
 */
final class JsonLines implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_REASON = 200;

  /**
   * One line.
   *
   * @param offset of its first byte in the file
   * @param length in bytes, without the line feed
   */
  record Line(long offset, int length, JsonNode json) {}

  private final Path file;
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int filled;
  private long offset;
  private int number;

  private JsonLines(Path file, InputStream in, int longest) {
    this.file = file;
    this.in = in;
    this.longest = longest;
  }

  static JsonLines open(Path file, int longest) throws IOException {
    return new JsonLines(file, Files.newInputStream(file), longest);
  }

  /** The next line, or null at the end. */
  @Nullable Line next() throws IOException {
    if (position == filled && !fill()) {
      return null;
    }
    number++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    while (true) {
      int end = position;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      if (bytes.size() + (end - position) > longest) {
        throw broken("is longer than " + longest + " bytes");
      }
      bytes.write(buffer, position, end - position);
      position = end;
      if (end < filled) {
        position++;
        break;
      }
      if (!fill()) {
        throw broken("breaks off; whoever wrote it was ended early");
      }
    }
    long start = offset;
    offset += bytes.size() + 1L;
    return new Line(start, bytes.size(), parsed(bytes.toByteArray()));
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  private JsonNode parsed(byte[] bytes) {
    try {
      JsonNode json = CallJson.MAPPER.readTree(bytes);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw broken("is no JSON: " + shortened(e));
    }
    throw broken("is no JSON object");
  }

  /** An error about the line that was read last. */
  UserError broken(String what) {
    return new UserError(
        file + ":" + number, what, "record the trial again, or take another recording");
  }

  /** An error about the end of the file. */
  UserError brokenEnd(String what) {
    number++;
    return broken(what);
  }

  /** An exception's own words on one line. */
  static String shortened(Exception e) {
    String text =
        e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e);
    String line = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
