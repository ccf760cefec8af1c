package dev.pacebench.runner.model;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it is exchanged with models. */
final class Json {

  /**
   * All but ASCII is escaped: a model may write half of a surrogate pair, which has no UTF-8 but
   * must go back to it unchanged.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxStringLength(Limits.ANSWER_BYTES)
                          .build())
                  .build())
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** Reads what a program of ours wrote. */
  static JsonNode own(String text) {
    return MAPPER.readTree(text);
  }

  /** Reads what came from outside; empty when it is no JSON. */
  static Optional<JsonNode> read(byte[] bytes) {
    try {
      return Optional.of(MAPPER.readTree(bytes));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Reads a tool call's arguments; empty when they are no JSON object. */
  static Optional<ObjectNode> arguments(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode node
          ? Optional.of(node)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The string at a path of field names; empty when there is none. */
  static String text(JsonNode node, String... path) {
    JsonNode at = at(node, path);
    return at.isString() ? at.stringValue() : "";
  }

  /** The whole number at a path of field names; 0 when there is none. */
  static long number(JsonNode node, String... path) {
    JsonNode at = at(node, path);
    return at.isIntegralNumber() && at.canConvertToLong() ? Math.max(0, at.longValue()) : 0;
  }

  static JsonNode at(JsonNode node, String... path) {
    JsonNode at = node;
    for (String field : path) {
      at = at.path(field);
    }
    return at;
  }
}
