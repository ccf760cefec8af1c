package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.model.ModelException.Kind;
import dev.pacebench.runner.model.Turn.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an answer of the Responses protocol; complete items alone count, not their pieces. */
final class ResponsesAnswer implements AnswerReading {

  private final ResponsesConversation conversation;
  private final TurnListener live;
  private final List<ObjectNode> items = new ArrayList<>();
  private JsonNode response = Json.object();
  private boolean completed;
  private boolean begun;

  ResponsesAnswer(ResponsesConversation conversation, TurnListener live) {
    this.conversation = conversation;
    this.live = live;
  }

  @Override
  public boolean event(JsonNode event) throws ModelException, FailedTurn {
    String type = Json.text(event, "type");
    begun |= type.startsWith("response.");
    switch (type) {
      case "response.output_item.done" -> {
        if (event.path("item") instanceof ObjectNode item) {
          items.add(item);
        }
      }
      case "response.output_text.delta", "response.refusal.delta" ->
          piece(TurnListener.Kind.TEXT, event);
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          piece(TurnListener.Kind.REASONING, event);
      case "response.function_call_arguments.delta" ->
          piece(TurnListener.Kind.TOOL_ARGUMENTS, event);
      case "response.completed", "response.incomplete" -> {
        completed = type.equals("response.completed");
        response = event.path("response");
        return true;
      }
      case "response.failed" ->
          ProviderErrors.raise(Kind.STREAM, 0, event.path("response").path("error"), null);
      case "error" -> raise(event);
      default -> {}
    }
    return false;
  }

  /** Whether the provider began to answer. */
  boolean begun() {
    return begun;
  }

  /** The id that a later request can go on from; empty when there is none. */
  Optional<String> continuesFrom() {
    String id = Json.text(response, "id");
    return completed && !id.isEmpty() ? Optional.of(id) : Optional.empty();
  }

  @Override
  public Turn finish() {
    if (items.isEmpty()) {
      // Some servers send whole items in the last event only.
      for (JsonNode item : response.path("output")) {
        if (item instanceof ObjectNode object) {
          items.add(object);
        }
      }
    }
    StringBuilder text = new StringBuilder();
    StringBuilder refusal = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    List<ToolCall> calls = new ArrayList<>();
    List<ObjectNode> kept = new ArrayList<>();
    for (ObjectNode item : items) {
      switch (Json.text(item, "type")) {
        case "message" -> {
          join(text, item.path("content"), "text");
          join(refusal, item.path("content"), "refusal");
          kept.add(item);
        }
        case "reasoning" -> {
          join(reasoning, item.path("summary"), "text");
          join(reasoning, item.path("content"), "text");
          // Nothing is stored, so without its content it would name what nobody knows.
          if (item.path("encrypted_content").isString() || !item.path("content").isEmpty()) {
            kept.add(item);
          }
        }
        case "function_call" -> {
          String arguments = Json.text(item, "arguments");
          if (completed || Json.arguments(arguments).isPresent()) {
            calls.add(new ToolCall(Json.text(item, "call_id"), Json.text(item, "name"), arguments));
            kept.add(item);
          }
        }
        default -> {}
      }
    }
    // Reasoning that nothing follows is refused when it is sent back.
    while (!kept.isEmpty() && Json.text(kept.get(kept.size() - 1), "type").equals("reasoning")) {
      kept.remove(kept.size() - 1);
    }
    Stop stop = stop(text, refusal, calls);
    conversation.keep(kept);
    return new Turn(
        stop == Stop.REFUSED && text.isEmpty() ? refusal.toString() : text.toString(),
        reasoning.toString(),
        calls,
        stop,
        usage());
  }

  private Stop stop(StringBuilder text, StringBuilder refusal, List<ToolCall> calls) {
    String reason = Json.text(response, "incomplete_details", "reason");
    if (reason.equals("content_filter") || (calls.isEmpty() && !refusal.isEmpty())) {
      return Stop.REFUSED;
    }
    if (!completed) {
      return Stop.MAX_TOKENS;
    }
    if (!calls.isEmpty()) {
      return Stop.TOOL_CALLS;
    }
    return text.toString().isBlank() ? Stop.EMPTY : Stop.END;
  }

  private CallUsage usage() {
    JsonNode usage = response.path("usage");
    return new CallUsage(
        Json.number(usage, "input_tokens"),
        Json.number(usage, "input_tokens_details", "cached_tokens"),
        Json.number(usage, "input_tokens_details", "cache_write_tokens"),
        Json.number(usage, "output_tokens"),
        Json.number(usage, "output_tokens_details", "reasoning_tokens"));
  }

  private static void raise(JsonNode event) throws ModelException, FailedTurn {
    int status = (int) Math.min(999, Json.number(event, "status"));
    if (status == 0) {
      status = (int) Math.min(999, Json.number(event, "status_code"));
    }
    JsonNode headers =
        event.path("headers").isObject()
            ? event.path("headers")
            : Json.at(event, "error", "headers");
    ProviderErrors.raise(
        Kind.STREAM,
        status,
        event,
        ProviderErrors.waitMillis(
            Optional.of(headers.path("retry-after-ms").asString("")),
            Optional.of(headers.path("retry-after").asString(""))));
  }

  private void piece(TurnListener.Kind kind, JsonNode event) {
    String piece = Json.text(event, "delta");
    if (!piece.isEmpty()) {
      live.piece(kind, piece);
    }
  }

  private static void join(StringBuilder all, JsonNode parts, String field) {
    for (JsonNode part : parts) {
      all.append(Json.text(part, field));
    }
  }
}
