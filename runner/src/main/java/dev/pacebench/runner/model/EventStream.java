package dev.pacebench.runner.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts server-sent events out of bytes that come in any parts.
 *
 * <p>Holds the event that is not complete yet; whoever feeds it bounds how much that can be.
 */
final class EventStream {

  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean any;

  /** The data of the events that these bytes complete. */
  List<byte[]> feed(byte[] bytes) {
    List<byte[]> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, start, i - start);
        start = i + 1;
        endLine(events);
      }
    }
    line.write(bytes, start, bytes.length - start);
    return events;
  }

  /** The event that the end of the stream completes, where its blank line is missing. */
  List<byte[]> end() {
    List<byte[]> events = new ArrayList<>();
    endLine(events);
    endEvent(events);
    return events;
  }

  private void endLine(List<byte[]> events) {
    byte[] text = line.toByteArray();
    line.reset();
    int length = text.length > 0 && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
    if (length == 0) {
      endEvent(events);
    } else if (startsWithData(text, length)) {
      int from = length > DATA.length && text[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
      if (any) {
        data.write('\n');
      }
      data.write(text, from, length - from);
      any = true;
    }
  }

  private void endEvent(List<byte[]> events) {
    if (any) {
      events.add(data.toByteArray());
      data.reset();
      any = false;
    }
  }

  private static boolean startsWithData(byte[] text, int length) {
    if (length < DATA.length) {
      return false;
    }
    for (int i = 0; i < DATA.length; i++) {
      if (text[i] != DATA[i]) {
        return false;
      }
    }
    return true;
  }
}
