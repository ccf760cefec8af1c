package dev.pacebench.runner.trajectory;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON that others wrote, read within bounds. */
final class Json {

  private static final int DEPTH = 200;
  private static final int LONGEST_TEXT = 64 << 20;

  /** Arguments of a tool that are longer are kept as a cut text. */
  private static final int LONGEST_ARGUMENTS = 1 << 18;

  /** Arguments that go deeper are kept as text from there on. */
  private static final int ARGUMENTS_DEPTH = 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Empty when it is no JSON, or beyond the bounds. */
  static Optional<JsonNode> read(byte[] bytes, int offset, int length) {
    try {
      return Optional.of(MAPPER.readTree(bytes, offset, length));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static Optional<JsonNode> read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  /** The string at a path of field names; empty when there is none. */
  static String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String field : path) {
      at = at.path(field);
    }
    return at.isString() ? at.stringValue() : "";
  }

  /** Words of a content, whichever way a protocol writes it. */
  static String words(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isObject()) {
      return content.toString();
    }
    StringBuilder words = new StringBuilder();
    for (JsonNode part : content) {
      String type = text(part, "type");
      String text = part.isString() ? part.stringValue() : text(part, "text");
      if (!words.isEmpty()) {
        words.append('\n');
      }
      words.append(text.isEmpty() && !type.isEmpty() ? "[" + Texts.word(type) + "]" : text);
    }
    return words.toString();
  }

  /** A tool's arguments as the format wants them: an object, whatever the model wrote. */
  static ObjectNode arguments(String written) {
    if (written.length() <= LONGEST_ARGUMENTS) {
      Optional<JsonNode> read = read(written.getBytes(StandardCharsets.UTF_8));
      if (read.isPresent() && bounded(read.get(), ARGUMENTS_DEPTH) instanceof ObjectNode object) {
        return object;
      }
    }
    return object().put(written.isBlank() ? "empty" : "not_json", Texts.cut(written));
  }

  private static JsonNode bounded(JsonNode node, int depth) {
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(Texts.cut(node.stringValue()));
    }
    if (!node.isContainer()) {
      return node;
    }
    if (depth == 0) {
      return JsonNodeFactory.instance.stringNode(Texts.cut(node.toString()));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = object();
      object
          .properties()
          .forEach(
              entry -> out.set(Texts.word(entry.getKey()), bounded(entry.getValue(), depth - 1)));
      return out;
    }
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    node.forEach(item -> out.add(bounded(item, depth - 1)));
    return out;
  }
}
