package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns a protocol's events, or its one JSON document, into changes of the answer's state.
 *
 * <p>An event is read in full before anything of it is applied, so that the order of its fields
 * does not matter and a broken one changes nothing. Nothing that is read makes it throw.
 */
abstract class ProtocolReader {

  /** What came of reading a document. */
  enum Outcome {
    READ,
    /** It ended before its last brace. */
    CUT,
    /** It is broken, or of another kind. */
    UNKNOWN
  }

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  final AnswerState state;
  private final JsonFactory factory = Json.factory();

  ProtocolReader(AnswerState state) {
    this.state = state;
  }

  /**
   * Reads one event.
   *
   * @param tail the last bytes of an event of which {@code bytes} is only the head, else empty
   * @return whether it could be read as a whole
   */
  final boolean event(byte[] bytes, int offset, int length, byte[] tail, long nanos) {
    if (isDone(bytes, offset, length)) {
      done(nanos);
      return true;
    }
    clear();
    boolean whole = tail.length == 0;
    try (JsonParser json =
        Json.parser(factory, bytes, offset, sound(bytes, offset, length, whole))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        readEvent(json);
        if (json.nextToken() == null) {
          applyEvent(nanos);
          return true;
        }
      }
      return false;
    } catch (RuntimeException e) {
      if (!whole && endsAnswer()) {
        readTailOf(tail);
        applyEvent(nanos);
      }
      return false;
    }
  }

  /** Reads an answer that is one document. */
  final Outcome document(byte[] bytes, int length, byte[] tail, long nanos) {
    clear();
    boolean whole = tail.length == 0;
    int sound = sound(bytes, 0, length, whole);
    try (JsonParser json = Json.parser(factory, bytes, 0, sound)) {
      try {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return Outcome.UNKNOWN;
        }
        readDocument(json);
        return json.nextToken() == null && applyDocument(nanos) ? Outcome.READ : Outcome.UNKNOWN;
      } catch (RuntimeException e) {
        if (!whole) {
          readTailOf(tail);
          return applyDocument(nanos) ? Outcome.READ : Outcome.UNKNOWN;
        }
        boolean atEnd =
            e instanceof UnexpectedEndOfInputException
                || json.currentLocation().getByteOffset() >= sound;
        return atEnd ? Outcome.CUT : Outcome.UNKNOWN;
      }
    } catch (RuntimeException e) {
      return Outcome.UNKNOWN;
    }
  }

  /** Of a head only what ends with a comma, since a number at the cut could have gone on. */
  private static int sound(byte[] bytes, int offset, int length, boolean whole) {
    int sound = length;
    while (!whole && sound > 0 && bytes[offset + sound - 1] != ',') {
      sound--;
    }
    return sound;
  }

  private static boolean isDone(byte[] bytes, int offset, int length) {
    if (length < DONE.length || bytes[offset] != '[') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (i < DONE.length ? bytes[offset + i] != DONE[i] : bytes[offset + i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private void readTailOf(byte[] tail) {
    try {
      readTail(tail);
    } catch (RuntimeException e) {
      // What the tail would have told stays unknown.
    }
  }

  /** Stands the parser at the value that follows the last use of a name as a key. */
  static boolean inTail(byte[] tail, String name, Consumer<JsonParser> value) {
    byte[] key = ('"' + name + '"').getBytes(US_ASCII);
    for (int at = tail.length - key.length - 1; at >= 0; at--) {
      // Quotes within a text are escaped, so this is never a part of one.
      if (Arrays.equals(tail, at, at + key.length, key, 0, key.length)) {
        int from = at + key.length;
        while (from < tail.length && tail[from] <= ' ') {
          from++;
        }
        if (from < tail.length && tail[from] == ':') {
          try (JsonParser json = Json.parser(tail, from + 1, tail.length - from - 1)) {
            json.nextToken();
            value.accept(json);
          }
          return true;
        }
      }
    }
    return false;
  }

  /** Forgets the event before. */
  abstract void clear();

  /** Reads an event's fields; the parser stands at its opening brace. */
  abstract void readEvent(JsonParser json);

  /** Applies what was read. */
  abstract void applyEvent(long nanos);

  /** Whether the event read so far is one that ends an answer. */
  abstract boolean endsAnswer();

  /** Looks in the tail for what stood behind the part that was left out. */
  abstract void readTail(byte[] tail);

  /** Reads a document's fields; the parser stands at its opening brace. */
  abstract void readDocument(JsonParser json);

  /**
   * Applies what was read.
   *
   * @return whether it is a document of this protocol
   */
  abstract boolean applyDocument(long nanos);

  /** The event {@code [DONE]}. */
  void done(long nanos) {}

  /** No more events come. */
  void end(boolean clean) {}
}
