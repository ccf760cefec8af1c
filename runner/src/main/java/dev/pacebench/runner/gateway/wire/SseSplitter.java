package dev.pacebench.runner.gateway.wire;

/**
 * Splits a stream of server-sent events into the data of its events, at the level of bytes.
 *
 * <p>Lines end with LF, CR or both; comments and fields other than {@code data} are passed over. An
 * event that lies within one part is handed on without a copy. Of one that is longer than the limit
 * the head and the tail are handed on.
 */
final class SseSplitter {

  /** Takes events. */
  @FunctionalInterface
  interface Sink {
    /**
     * One event's data.
     *
     * @param tail the last bytes of an event of which {@code bytes} is only the head, else empty
     */
    void event(byte[] bytes, int offset, int length, byte[] tail, long nanos);
  }

  private static final byte[] NONE = new byte[0];
  private static final byte[] LINE_FEED = {'\n'};
  private static final byte[] BLANK = {' '};
  private static final String[] OTHER_FIELDS = {"event", "id", "retry"};

  private final int limit;
  private final Sink sink;
  private final Kept line;
  private final Kept data;
  private boolean hasData;
  private boolean afterReturn;
  private byte[] borrowed = NONE;
  private int borrowedOffset;
  private int borrowedLength;
  private long strangeLines;

  SseSplitter(int limit, int tail, Sink sink) {
    this.limit = limit;
    this.sink = sink;
    line = new Kept(limit, tail);
    data = new Kept(limit, tail);
  }

  void feed(byte[] bytes, int offset, int length, long nanos) {
    int end = offset + length;
    int start = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b != '\n' && b != '\r') {
        continue;
      }
      boolean secondHalf = b == '\n' && i == start && afterReturn && line.length() == 0;
      afterReturn = b == '\r';
      if (!secondHalf) {
        endLine(bytes, start, i - start, nanos);
      }
      start = i + 1;
    }
    if (start < end) {
      afterReturn = false;
      line.add(bytes, start, end - start);
    }
    ownData();
  }

  private void endLine(byte[] bytes, int offset, int length, long nanos) {
    if (line.length() == 0) {
      line(bytes, offset, length, nanos);
      return;
    }
    line.add(bytes, offset, length);
    if (line.whole()) {
      line(line.head(), 0, line.headLength(), nanos);
      ownData();
    } else if (valueStart(line.head(), 0, line.headLength()) >= 0) {
      longLine();
    }
    line.clear();
  }

  /** A line longer than the limit: its head and tail become the event's. */
  private void longLine() {
    int from = valueStart(line.head(), 0, line.headLength());
    byte[] tail = line.tail();
    if (hasData) {
      ownData();
      data.add(LINE_FEED, 0, 1);
    }
    hasData = true;
    data.add(line.head(), from, line.headLength() - from);
    // Blanks where the field's name stood, so that the tail stays out of the head.
    while (data.length() < limit) {
      data.add(BLANK, 0, 1);
    }
    data.add(tail, 0, tail.length);
  }

  private void line(byte[] bytes, int offset, int length, long nanos) {
    if (length == 0) {
      dispatch(nanos);
      return;
    }
    int from = valueStart(bytes, offset, length);
    if (from < 0) {
      return;
    }
    int count = offset + length - from;
    if (hasData) {
      ownData();
      data.add(LINE_FEED, 0, 1);
      data.add(bytes, from, count);
    } else {
      hasData = true;
      borrowed = bytes;
      borrowedOffset = from;
      borrowedLength = count;
    }
  }

  /** Where the value of a {@code data} line starts; -1 for another line. */
  private int valueStart(byte[] bytes, int offset, int length) {
    if (length >= 4 && starts(bytes, offset, "data") && (length == 4 || bytes[offset + 4] == ':')) {
      int from = offset + Math.min(5, length);
      return from < offset + length && bytes[from] == ' ' ? from + 1 : from;
    }
    if (bytes[offset] != ':') {
      strange(bytes, offset, length);
    }
    return -1;
  }

  private void strange(byte[] bytes, int offset, int length) {
    for (String field : OTHER_FIELDS) {
      int n = field.length();
      if (length >= n
          && starts(bytes, offset, field)
          && (length == n || bytes[offset + n] == ':')) {
        return;
      }
    }
    strangeLines++;
  }

  private static boolean starts(byte[] bytes, int offset, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[offset + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void dispatch(long nanos) {
    if (!hasData) {
      return;
    }
    hasData = false;
    byte[] from = borrowed;
    borrowed = NONE;
    if (from.length > 0) {
      if (borrowedLength > 0) {
        sink.event(from, borrowedOffset, borrowedLength, NONE, nanos);
      }
    } else if (data.length() > 0) {
      sink.event(data.head(), 0, data.headLength(), data.whole() ? NONE : data.tail(), nanos);
      data.clear();
    }
  }

  /** Copies what still lies in somebody else's array. */
  private void ownData() {
    if (borrowed.length > 0) {
      data.add(borrowed, borrowedOffset, borrowedLength);
      borrowed = NONE;
    }
  }

  /**
   * Hands on an event whose closing blank line never came, since many servers leave the last one
   * out.
   */
  void finish(long nanos) {
    long strange = strangeLines;
    if (line.length() > 0) {
      endLine(NONE, 0, 0, nanos);
    }
    strangeLines = strange; // a line that was cut says nothing about the stream
    dispatch(nanos);
  }

  /** Lines that belong to no stream of events. */
  long strangeLines() {
    return strangeLines;
  }

  /** Bytes of memory held. */
  long held() {
    return line.held() + data.held();
  }
}
