package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Transport;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what shape an answer has, and hands its parts to the protocol's reader.
 *
 * <p>The shape is taken from the status and the first byte, never from the content type, which
 * servers get wrong. Memory is bounded by {@link #EVENT_LIMIT} and {@link #DOCUMENT_LIMIT}.
 */
final class CallReader implements AnswerReader {

  /** Longest event that is read in full. */
  static final int EVENT_LIMIT = 1 << 20;

  /** Longest document that is read in full. */
  static final int DOCUMENT_LIMIT = 4 << 20;

  /** What is kept of the end of longer ones, where figures stand. */
  static final int TAIL_LIMIT = 64 << 10;

  private static final int ERROR_LIMIT = 64 << 10;
  private static final byte[] NONE = new byte[0];

  private enum Shape {
    UNDECIDED,
    EVENTS,
    DOCUMENT,
    ERROR
  }

  private final AnswerState state;
  private final ProtocolReader protocol;
  private final Transport transport;
  private final boolean streamAsked;
  private final InstantSource clock;
  private Shape shape = Shape.UNDECIDED;
  private @Nullable SseSplitter splitter;
  private @Nullable Kept kept;
  private String contentType = "";
  private boolean encoded;
  private boolean anyBytes;
  private boolean finishing;
  private boolean over;
  private long lastRead;

  CallReader(
      AnswerState state,
      ProtocolReader protocol,
      Transport transport,
      boolean streamAsked,
      InstantSource clock) {
    this.state = state;
    this.protocol = protocol;
    this.transport = transport;
    this.streamAsked = streamAsked;
    this.clock = clock;
  }

  @Override
  public void head(int status, Map<String, List<String>> headers, long nanos) {
    lastRead = nanos;
    state.status = status;
    state.requestId = first(headers, "x-request-id", "request-id");
    if (status == 101) {
      // Said of the connection, not of this call, which may be one of many on it.
      state.modelOfUpgrade(first(headers, "openai-model"));
      return;
    }
    state.modelOfHeaders(first(headers, "openai-model"));
    state.retryAfterMillis = RetryAfter.inHeaders(headers, clock);
    state.serverMillis = serverMillis(headers);
    state.tier = first(headers, "x-gemini-service-tier");
    contentType = lower(first(headers, "content-type"));
    String encoding = lower(first(headers, "content-encoding"));
    encoded = !encoding.isEmpty() && !encoding.equals("identity");
    if (status >= 400) {
      shape = Shape.ERROR;
      kept = new Kept(ERROR_LIMIT, 0);
    }
  }

  private static @Nullable Long serverMillis(Map<String, List<String>> headers) {
    String figure = first(headers, "openai-processing-ms", "x-envoy-upstream-service-time");
    double millis = figure == null ? Double.NaN : Json.number(figure);
    return millis >= 0 ? Long.valueOf(Math.round(millis)) : null;
  }

  private static @Nullable String first(Map<String, List<String>> headers, String... names) {
    for (String name : names) {
      List<String> values = headers.getOrDefault(name, List.of());
      if (!values.isEmpty() && !values.get(0).isBlank()) {
        return Json.shortened(values.get(0).strip(), Json.WORD);
      }
    }
    return null;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  @Override
  public void body(byte[] bytes, int offset, int length, long nanos) {
    if (over || length == 0) {
      return;
    }
    lastRead = nanos;
    anyBytes = true;
    int skipped = shape == Shape.UNDECIDED ? decide(bytes, offset, length) : 0;
    if (splitter != null) {
      splitter.feed(bytes, offset + skipped, length - skipped, nanos);
    } else if (kept != null) {
      kept.add(bytes, offset + skipped, length - skipped);
    }
  }

  /** Passes over a byte order mark and blanks, then decides; gives how much it passed over. */
  private int decide(byte[] bytes, int offset, int length) {
    int skipped = 0;
    while (skipped < length && isFiller(bytes[offset + skipped])) {
      skipped++;
    }
    if (skipped < length) {
      if (bytes[offset + skipped] == '{') {
        shape = Shape.DOCUMENT;
        kept = new Kept(DOCUMENT_LIMIT, TAIL_LIMIT);
      } else {
        shape = Shape.EVENTS;
        splitter = new SseSplitter(EVENT_LIMIT, TAIL_LIMIT, this::event);
      }
    }
    return skipped;
  }

  private static boolean isFiller(byte b) {
    return switch (b) {
      case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> true;
      default -> false;
    };
  }

  @Override
  public void frame(byte[] bytes, int offset, int length, long nanos) {
    if (over) {
      return;
    }
    lastRead = nanos;
    anyBytes = true;
    if (state.status == 0) {
      state.status = 101;
    }
    if (length <= EVENT_LIMIT) {
      event(bytes, offset, length, NONE, nanos);
    } else {
      int end = offset + length;
      event(bytes, offset, EVENT_LIMIT, Arrays.copyOfRange(bytes, end - TAIL_LIMIT, end), nanos);
    }
  }

  private void event(byte[] bytes, int offset, int length, byte[] tail, long nanos) {
    boolean read = protocol.event(bytes, offset, length, tail, nanos);
    // What is left at the end of a broken stream is a part of an event, not a malformed one.
    if (read || !finishing || tail.length > 0) {
      state.event();
      if (!read) {
        state.malformed();
      }
    }
  }

  @Override
  public void end(boolean clean, long nanos) {
    if (over) {
      return;
    }
    over = true;
    finishing = true;
    CallEnd otherwise = finish(clean);
    state.endedWithoutEvent(otherwise);
    splitter = null;
    kept = null;
  }

  /** Reads what is left; gives the end that holds when no event said another. */
  private CallEnd finish(boolean clean) {
    if (shape == Shape.ERROR && kept != null) {
      ErrorFields error = ErrorBody.read(kept.head(), kept.headLength());
      state.explain(error);
      if (clean) {
        state.ended(CallEnd.REFUSED, lastRead);
      }
      return CallEnd.REFUSED;
    }
    if (encoded || (state.status >= 300 && state.status < 400)) {
      return CallEnd.UNKNOWN;
    }
    if (shape == Shape.DOCUMENT && kept != null) {
      return finishDocument(kept);
    }
    if (splitter != null) {
      splitter.finish(lastRead);
    }
    protocol.end(clean);
    if (state.knowsAny()) {
      return CallEnd.CUT;
    }
    boolean strange = state.anyEvents() || (splitter != null && splitter.strangeLines() > 0);
    boolean wrongType =
        transport != Transport.WEBSOCKET && !contentType.startsWith("text/event-stream");
    if (anyBytes) {
      return strange || wrongType ? CallEnd.UNKNOWN : CallEnd.CUT;
    }
    return clean && !streamAsked && transport != Transport.WEBSOCKET
        ? CallEnd.UNKNOWN
        : CallEnd.CUT;
  }

  private CallEnd finishDocument(Kept document) {
    byte[] tail = document.whole() ? NONE : document.tail();
    ProtocolReader.Outcome outcome =
        protocol.document(document.head(), document.headLength(), tail, lastRead);
    if (outcome == ProtocolReader.Outcome.READ) {
      protocol.end(true);
      state.ended(CallEnd.COMPLETED, lastRead);
    }
    if (outcome == ProtocolReader.Outcome.UNKNOWN || tail.length > 0) {
      state.malformed();
    }
    return outcome == ProtocolReader.Outcome.CUT ? CallEnd.CUT : CallEnd.UNKNOWN;
  }

  @Override
  public boolean terminal() {
    return state.terminal();
  }

  @Override
  public @Nullable Long first() {
    return state.firstAt();
  }

  @Override
  public @Nullable Long answerStart() {
    return state.answerAt();
  }

  @Override
  public @Nullable Long last() {
    return state.lastAt();
  }

  @Override
  public @Nullable Long terminalAt() {
    return state.terminalAt();
  }

  @Override
  public Answer answer() {
    return state.answer();
  }

  /** Bytes of memory held for what is not read yet. */
  long held() {
    return (splitter == null ? 0 : splitter.held()) + (kept == null ? 0 : kept.held());
  }
}
