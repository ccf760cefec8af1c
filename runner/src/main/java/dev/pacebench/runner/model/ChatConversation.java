package dev.pacebench.runner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation as messages of the Chat Completions protocol. */
final class ChatConversation implements Conversation {

  private final ModelSettings settings;
  private final List<ObjectNode> messages = new ArrayList<>();

  ChatConversation(ModelSettings settings) {
    this.settings = settings;
    if (!settings.instructions().isEmpty()) {
      messages.add(Json.object().put("role", "system").put("content", settings.instructions()));
    }
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + settings.token());
  }

  @Override
  public void add(List<Input> added) {
    for (Input input : added) {
      if (input instanceof Input.UserText said) {
        messages.add(Json.object().put("role", "user").put("content", said.text()));
      } else if (input instanceof Input.ModelText said) {
        keep(said.text(), List.of());
      } else if (input instanceof Input.ToolResult result) {
        messages.add(
            Json.object()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", result.output()));
      }
    }
  }

  /** Adds an answer; one that holds nothing is left out, since it would be refused. */
  void keep(String text, List<ToolCall> calls) {
    if (text.isEmpty() && calls.isEmpty()) {
      return;
    }
    ObjectNode message = Json.object().put("role", "assistant");
    if (text.isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", text);
    }
    if (!calls.isEmpty()) {
      ArrayNode all = message.putArray("tool_calls");
      for (ToolCall call : calls) {
        ObjectNode function =
            Json.object().put("name", call.name()).put("arguments", call.arguments());
        all.addObject().put("id", call.id()).put("type", "function").set("function", function);
      }
    }
    messages.add(message);
  }

  /** Number of messages so far. */
  int size() {
    return messages.size();
  }

  @Override
  public ObjectNode request() {
    ObjectNode body = Json.object().put("model", settings.model());
    ArrayNode all = body.putArray("messages");
    messages.forEach(all::add);
    if (!settings.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      for (Tool tool : settings.tools()) {
        ObjectNode function =
            Json.object().put("name", tool.name()).put("description", tool.description());
        function.set("parameters", Json.own(tool.parameters()));
        tools.addObject().put("type", "function").set("function", function);
      }
      body.put("tool_choice", "auto");
    }
    if (settings.maxOutputTokens() > 0) {
      body.put("max_completion_tokens", settings.maxOutputTokens());
    }
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    return body;
  }

  @Override
  public AnswerReading answer(TurnListener live) {
    return new ChatAnswer(this, live);
  }

  @Override
  public int compact(int keep) {
    List<ObjectNode> results =
        messages.stream().filter(message -> message.has("tool_call_id")).toList();
    int shortened = 0;
    for (ObjectNode result : results.subList(0, Math.max(0, results.size() - keep))) {
      if (Json.text(result, "content").length() > SHORTENED.length()) {
        result.put("content", SHORTENED);
        shortened++;
      }
    }
    return shortened;
  }
}
