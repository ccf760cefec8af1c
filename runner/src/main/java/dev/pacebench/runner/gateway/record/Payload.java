package dev.pacebench.runner.gateway.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bytes within JSON: as text where they are text, else in Base64. */
final class Payload {

  private static final String TEXT = "text";
  private static final String BASE64 = "base64";

  private Payload() {}

  /** Writes bytes whose text went through a filter. */
  static void write(ObjectNode target, byte[] bytes, UnaryOperator<String> filter) {
    String text = text(bytes);
    if (text != null) {
      target.put(TEXT, filter.apply(text));
      return;
    }
    // A part may begin inside a character; secrets are ASCII and are found all the same.
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] kept = filter.apply(latin).getBytes(StandardCharsets.ISO_8859_1);
    target.put(BASE64, Base64.getEncoder().encodeToString(kept));
  }

  /** The bytes again, or null when there are none. */
  static byte @Nullable [] read(JsonNode source) {
    JsonNode text = source.get(TEXT);
    if (text != null && text.isString()) {
      return text.stringValue().getBytes(StandardCharsets.UTF_8);
    }
    JsonNode base64 = source.get(BASE64);
    if (base64 == null || !base64.isString()) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(base64.stringValue());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
