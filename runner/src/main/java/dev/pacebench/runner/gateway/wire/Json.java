package dev.pacebench.runner.gateway.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads values of JSON that nobody vouches for, token by token.
 *
 * <p>Each method leaves the parser at the last token of the value it stood at, whatever its type; a
 * value of another type than expected counts as absent. What is kept of a text is bounded.
 */
final class Json {

  /** Longest name, id or word that is kept. */
  static final int WORD = 200;

  /** Longest message that is kept. */
  static final int MESSAGE = 1000;

  /** No count of tokens or milliseconds is larger; sums of such counts fit a long. */
  private static final long LARGEST = 1L << 50;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNameLength(1000).build();

  private Json() {}

  /**
   * Makes parsers. It remembers names of fields, so that one that many answers share could be
   * filled with strange names by one of them.
   */
  static JsonFactory factory() {
    return JsonFactory.builder()
        .recyclerPool(JsonRecyclerPools.threadLocalPool())
        .streamReadConstraints(CONSTRAINTS)
        // The protocols are UTF-8; a guess at another charset could only misread broken bytes.
        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
        .build();
  }

  static JsonParser parser(JsonFactory factory, byte[] bytes, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), bytes, offset, length);
  }

  /** For something that is read once. */
  static JsonParser parser(byte[] bytes, int offset, int length) {
    return parser(factory(), bytes, offset, length);
  }

  /** A text of at most that many UTF-16 units; numbers and booleans as written. */
  static @Nullable String text(JsonParser json, int longest) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING || token.isNumeric() || token.isBoolean()) {
      return shortened(json.getString(), longest);
    }
    json.skipChildren();
    return null;
  }

  static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }

  /** A whole number from 0 on; -1 for anything else. */
  static long count(JsonParser json) {
    double value = number(json);
    return value >= 0 ? (long) Math.min(value, LARGEST) : -1;
  }

  /** A finite number, also one written as a text; NaN for anything else. */
  static double number(JsonParser json) {
    JsonToken token = json.currentToken();
    double value = Double.NaN;
    if (token.isNumeric()) {
      value = json.getDoubleValue();
    } else if (token == JsonToken.VALUE_STRING) {
      value = number(shortened(json.getString(), WORD));
    } else {
      json.skipChildren();
    }
    return Double.isFinite(value) ? value : Double.NaN;
  }

  static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Characters of a text; 0 for anything else. */
  static long characters(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return 0;
    }
    char[] chars = json.getStringCharacters();
    int from = json.getStringOffset();
    int to = from + json.getStringLength();
    long count = 0;
    for (int i = from; i < to; i++) {
      // Code points, counted so that a pair split over two pieces counts once.
      if (!Character.isLowSurrogate(chars[i])) {
        count++;
      }
    }
    return count;
  }

  /** Characters of a text, or of all texts named {@code text} within a structure. */
  static long nestedCharacters(JsonParser json) {
    if (!json.currentToken().isStructStart()) {
      return characters(json);
    }
    long count = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = json.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING && "text".equals(json.currentName())) {
        count += characters(json);
      }
    }
    return count;
  }

  /** Bytes of a structure as it was written, which streams would send as a text. */
  static long lengthAsWritten(JsonParser json) {
    long start = json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return json.currentToken().isStructEnd() ? json.currentLocation().getByteOffset() - start : 0;
  }

  /** Whether the value is an object; its fields follow, to be read by {@link #field}. */
  static boolean object(JsonParser json) {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    json.skipChildren();
    return false;
  }

  /** Moves to the next field's value and gives its name; null at the object's end. */
  static @Nullable String field(JsonParser json) {
    if (json.nextToken() != JsonToken.PROPERTY_NAME) {
      return null;
    }
    String name = json.currentName();
    json.nextToken();
    return name;
  }
}
