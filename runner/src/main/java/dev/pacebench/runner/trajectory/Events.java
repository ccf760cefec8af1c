package dev.pacebench.runner.trajectory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The events of a recorded body, or the one document that it is. */
final class Events {

  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PIECE = ".delta\"".getBytes(StandardCharsets.US_ASCII);

  /** An event says within its first bytes what it is. */
  private static final int GLANCE = 80;

  private final byte[] body;

  private Events(byte[] body) {
    this.body = body;
  }

  static Events of(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.write(part, 0, part.length));
    return new Events(all.toByteArray());
  }

  /** Whether it is one JSON document, and no stream. */
  boolean isDocument() {
    for (byte each : body) {
      if (!Character.isWhitespace(each)) {
        return each == '{';
      }
    }
    return false;
  }

  Optional<JsonNode> document() {
    return Json.read(body);
  }

  /**
   * Hands on every event that is JSON.
   *
   * @param passPieces whether those that only carry a piece are passed over
   */
  void forEach(boolean passPieces, Consumer<JsonNode> sink) {
    ByteArrayOutputStream several = new ByteArrayOutputStream();
    int start = 0;
    int from = -1;
    int length = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i < body.length && body[i] != '\n' && body[i] != '\r') {
        continue;
      }
      if (i == start && i < body.length && i > 0 && body[i] == '\n' && body[i - 1] == '\r') {
        start = i + 1;
        continue;
      }
      boolean blank = i == start;
      if (!blank && startsWith(DATA, start, i)) {
        if (from >= 0) {
          // The rare event of several lines.
          several.write(body, from, length);
          several.write('\n');
        }
        from = start + DATA.length;
        length = i - from;
      }
      if ((blank || i == body.length) && from >= 0) {
        hand(several, from, length, passPieces, sink);
        several.reset();
        from = -1;
      }
      start = i + 1;
    }
  }

  private void hand(
      ByteArrayOutputStream several,
      int from,
      int length,
      boolean passPieces,
      Consumer<JsonNode> sink) {
    if (several.size() > 0) {
      several.write(body, from, length);
      Json.read(several.toByteArray()).ifPresent(sink);
    } else if (!(passPieces && isPiece(body, from, length))) {
      Json.read(body, from, length).ifPresent(sink);
    }
  }

  private boolean startsWith(byte[] word, int start, int end) {
    return end - start >= word.length && at(body, start, word);
  }

  /** Whether an event of the Responses protocol carries a piece only. */
  static boolean isPiece(byte[] event, int from, int length) {
    int end = from + Math.min(length, GLANCE) - PIECE.length;
    for (int i = from; i <= end; i++) {
      if (event[i] == '.' && at(event, i, PIECE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean at(byte[] bytes, int offset, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (bytes[offset + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
