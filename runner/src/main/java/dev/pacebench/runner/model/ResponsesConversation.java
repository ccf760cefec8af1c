package dev.pacebench.runner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation as a list of items of the Responses protocol.
 *
 * <p>The provider stores nothing: reasoning comes encrypted and goes back unchanged, before the
 * calls that it belongs to.
 */
final class ResponsesConversation implements Conversation {

  private final ModelSettings settings;
  private final List<ObjectNode> items = new ArrayList<>();
  private boolean encrypted = true;

  ResponsesConversation(ModelSettings settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + settings.token());
  }

  @Override
  public void add(List<Input> added) {
    for (Input input : added) {
      if (input instanceof Input.UserText said) {
        ObjectNode item = Json.object().put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", said.text());
        items.add(item);
      } else if (input instanceof Input.ModelText said) {
        ObjectNode item = Json.object().put("type", "message").put("role", "assistant");
        item.putArray("content").addObject().put("type", "output_text").put("text", said.text());
        items.add(item);
      } else if (input instanceof Input.ToolResult result) {
        items.add(
            Json.object()
                .put("type", "function_call_output")
                .put("call_id", result.callId())
                .put("output", result.output()));
      }
    }
  }

  /** Adds items of an answer. */
  void keep(List<ObjectNode> answered) {
    items.addAll(answered);
  }

  /** Number of items so far. */
  int size() {
    return items.size();
  }

  @Override
  public ObjectNode request() {
    return request(0).put("stream", true);
  }

  /** A request with the items from one on. */
  ObjectNode request(int from) {
    ObjectNode body = Json.object().put("model", settings.model());
    if (!settings.instructions().isEmpty()) {
      body.put("instructions", settings.instructions());
    }
    ArrayNode input = body.putArray("input");
    items.subList(from, items.size()).forEach(input::add);
    if (!settings.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      for (Tool tool : settings.tools()) {
        tools
            .addObject()
            .put("type", "function")
            .put("name", tool.name())
            .put("description", tool.description())
            .put("strict", false)
            .set("parameters", Json.own(tool.parameters()));
      }
      body.put("tool_choice", "auto").put("parallel_tool_calls", true);
    }
    body.put("store", false);
    if (encrypted) {
      body.putArray("include").add("reasoning.encrypted_content");
    }
    if (settings.maxOutputTokens() > 0) {
      body.put("max_output_tokens", settings.maxOutputTokens());
    }
    if (!settings.cacheKey().isEmpty()) {
      body.put("prompt_cache_key", settings.cacheKey());
    }
    return body;
  }

  @Override
  public ResponsesAnswer answer(TurnListener live) {
    return new ResponsesAnswer(this, live);
  }

  @Override
  public int compact(int keep) {
    List<ObjectNode> results =
        items.stream().filter(item -> item.has("output") && item.has("call_id")).toList();
    int shortened = 0;
    for (ObjectNode result : results.subList(0, Math.max(0, results.size() - keep))) {
      if (Json.text(result, "output").length() > SHORTENED.length()) {
        result.put("output", SHORTENED);
        shortened++;
      }
    }
    return shortened;
  }

  @Override
  public boolean adapt(ModelException refusal) {
    // Models that do not reason refuse to be asked for it.
    boolean about = refusal.detail().toLowerCase(java.util.Locale.ROOT).contains("encrypted");
    boolean changed = encrypted && about;
    encrypted &= !about;
    return changed;
  }
}
