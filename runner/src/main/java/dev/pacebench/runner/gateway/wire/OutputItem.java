package dev.pacebench.runner.gateway.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** One item of a Responses output, as far as it says what was put out and how much. */
final class OutputItem {

  private @Nullable String type;
  private long characters;

  void clear() {
    type = null;
    characters = 0;
  }

  void read(JsonParser json) {
    clear();
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "type" -> type = Json.text(json, Json.WORD);
        case "content", "summary" -> characters += Json.nestedCharacters(json);
        case "arguments", "input" -> characters += Json.characters(json);
        default -> json.skipChildren();
      }
    }
  }

  boolean isToolCall() {
    return type != null && type.endsWith("_call");
  }

  /** Whether a model made it; lists of tools and results of calls are items as well. */
  boolean isOutput() {
    return isToolCall() || "message".equals(type) || "reasoning".equals(type);
  }

  Piece piece() {
    return isToolCall()
        ? Piece.TOOL_ARGUMENTS
        : "reasoning".equals(type) ? Piece.REASONING : Piece.TEXT;
  }

  long characters() {
    return characters;
  }
}
