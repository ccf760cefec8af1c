package dev.pacebench.runner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation as messages of the Anthropic protocol, which alternate between user and model.
 *
 * <p>Marks what may be cached: the instructions with the tools, and the two newest messages of the
 * user, so that a call finds what the one before it wrote.
 */
final class MessagesConversation implements Conversation {

  private static final String VERSION = "2023-06-01";

  /** The protocol asks for a limit where nobody set one. */
  private static final int USUAL_TOKENS = 16_384;

  private static final int MARKED = 2;

  private final ModelSettings settings;
  private final List<ObjectNode> messages = new ArrayList<>();

  MessagesConversation(ModelSettings settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("x-api-key", settings.token(), "anthropic-version", VERSION);
  }

  @Override
  public void add(List<Input> added) {
    for (Input input : added) {
      if (input instanceof Input.UserText said) {
        user().add(Json.object().put("type", "text").put("text", said.text()));
      } else if (input instanceof Input.ModelText said) {
        keep(List.of(Json.object().put("type", "text").put("text", said.text())));
      } else if (input instanceof Input.ToolResult result) {
        user()
            .add(
                Json.object()
                    .put("type", "tool_result")
                    .put("tool_use_id", result.callId())
                    .put("content", result.output())
                    .put("is_error", result.failed()));
      }
    }
  }

  /** Adds an answer; one that holds nothing is left out, since it would be refused. */
  void keep(List<ObjectNode> blocks) {
    if (!blocks.isEmpty()) {
      ObjectNode message = Json.object().put("role", "assistant");
      ArrayNode content = message.putArray("content");
      blocks.forEach(content::add);
      messages.add(message);
    }
  }

  @Override
  public ObjectNode request() {
    ObjectNode body =
        Json.object()
            .put("model", settings.model())
            .put(
                "max_tokens",
                settings.maxOutputTokens() > 0 ? settings.maxOutputTokens() : USUAL_TOKENS)
            .put("stream", true);
    if (!settings.instructions().isEmpty()) {
      ObjectNode text = Json.object().put("type", "text").put("text", settings.instructions());
      body.putArray("system").add(marked(text));
    }
    ArrayNode all = body.putArray("messages");
    int from = firstMarked();
    for (int i = 0; i < messages.size(); i++) {
      ObjectNode message = messages.get(i);
      all.add(i >= from && isUser(message) ? withMark(message) : message);
    }
    if (!settings.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      for (Tool tool : settings.tools()) {
        tools
            .addObject()
            .put("name", tool.name())
            .put("description", tool.description())
            .set("input_schema", Json.own(tool.parameters()));
      }
      body.putObject("tool_choice").put("type", "auto");
    }
    return body;
  }

  @Override
  public AnswerReading answer(TurnListener live) {
    return new MessagesAnswer(this, live);
  }

  @Override
  public int compact(int keep) {
    List<ObjectNode> results = new ArrayList<>();
    for (ObjectNode message : messages) {
      for (JsonNode block : message.path("content")) {
        if (block instanceof ObjectNode object && object.has("tool_use_id")) {
          results.add(object);
        }
      }
    }
    int shortened = 0;
    for (ObjectNode result : results.subList(0, Math.max(0, results.size() - keep))) {
      if (Json.text(result, "content").length() > SHORTENED.length()) {
        result.put("content", SHORTENED);
        shortened++;
      }
    }
    return shortened;
  }

  /** Content of the message of the user that is being written. */
  private ArrayNode user() {
    ObjectNode newest = messages.isEmpty() ? null : messages.get(messages.size() - 1);
    if (newest == null || !isUser(newest)) {
      newest = Json.object().put("role", "user");
      newest.putArray("content");
      messages.add(newest);
    }
    return (ArrayNode) newest.path("content");
  }

  private int firstMarked() {
    int left = MARKED;
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (isUser(messages.get(i)) && --left == 0) {
        return i;
      }
    }
    return 0;
  }

  private static boolean isUser(@Nullable ObjectNode message) {
    return message != null && Json.text(message, "role").equals("user");
  }

  private static ObjectNode withMark(ObjectNode message) {
    ObjectNode copy = Json.object().put("role", "user");
    ArrayNode content = copy.putArray("content");
    JsonNode blocks = message.path("content");
    for (int i = 0; i < blocks.size(); i++) {
      content.add(i == blocks.size() - 1 ? marked((ObjectNode) blocks.path(i)) : blocks.path(i));
    }
    return copy;
  }

  private static ObjectNode marked(ObjectNode block) {
    ObjectNode copy = block.deepCopy();
    copy.putObject("cache_control").put("type", "ephemeral");
    return copy;
  }
}
