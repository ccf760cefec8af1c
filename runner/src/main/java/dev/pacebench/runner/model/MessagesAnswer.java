package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.model.ModelException.Kind;
import dev.pacebench.runner.model.Turn.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an answer of the Anthropic protocol: blocks that are begun, gone on with and ended.
 *
 * <p>Thinking goes back with its signature, unchanged.
 */
final class MessagesAnswer implements AnswerReading {

  /** A block that is still being written. */
  private static final class Writing {

    private final ObjectNode block;
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();

    Writing(ObjectNode block) {
      this.block = block;
    }

    String type() {
      return Json.text(block, "type");
    }
  }

  private final MessagesConversation conversation;
  private final TurnListener live;
  private final Map<Long, Writing> blocks = new TreeMap<>();
  private ObjectNode usage = Json.object();
  private String reason = "";

  MessagesAnswer(MessagesConversation conversation, TurnListener live) {
    this.conversation = conversation;
    this.live = live;
  }

  @Override
  public boolean event(JsonNode event) throws ModelException, FailedTurn {
    switch (Json.text(event, "type")) {
      case "message_start" -> usage(Json.at(event, "message", "usage"));
      case "content_block_start" -> {
        if (event.path("content_block") instanceof ObjectNode block) {
          blocks.put(Json.number(event, "index"), new Writing(block));
        }
      }
      case "content_block_delta" -> {
        Writing writing = blocks.get(Json.number(event, "index"));
        if (writing != null) {
          piece(writing, event.path("delta"));
        }
      }
      case "message_delta" -> {
        String stop = Json.text(event, "delta", "stop_reason");
        reason = stop.isEmpty() ? reason : stop;
        usage(event.path("usage"));
      }
      case "message_stop" -> {
        if (reason.equals("model_context_window_exceeded")) {
          throw new FailedTurn(Turn.overflow());
        }
        return true;
      }
      case "error" -> ProviderErrors.raise(Kind.STREAM, 0, event, null);
      default -> {}
    }
    return false;
  }

  @Override
  public Turn finish() {
    // A pause comes of the provider's own tools; like a limit it asks to be gone on from.
    boolean cutOff = reason.equals("max_tokens") || reason.equals("pause_turn");
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    List<ToolCall> calls = new ArrayList<>();
    List<ObjectNode> kept = new ArrayList<>();
    for (Writing writing : blocks.values()) {
      String words = writing.words.toString();
      switch (writing.type()) {
        case "text" -> {
          text.append(words);
          if (!words.isBlank()) {
            kept.add(writing.block.put("text", words));
          }
        }
        case "thinking" -> {
          reasoning.append(words);
          if (!writing.signature.isEmpty()) {
            kept.add(
                writing
                    .block
                    .put("thinking", words)
                    .put("signature", writing.signature.toString()));
          }
        }
        case "tool_use" -> {
          Optional<ObjectNode> input =
              words.isBlank() && !cutOff ? Optional.of(Json.object()) : Json.arguments(words);
          if (input.isPresent() || !cutOff) {
            calls.add(
                new ToolCall(
                    Json.text(writing.block, "id"), Json.text(writing.block, "name"), words));
            // The protocol takes objects alone; the model has to see what it wrote.
            writing.block.set("input", input.orElseGet(() -> Json.object().put("not_json", words)));
            kept.add(writing.block);
          }
        }
        default -> kept.add(writing.block);
      }
    }
    while (!kept.isEmpty() && isThinking(kept.get(kept.size() - 1))) {
      kept.remove(kept.size() - 1);
    }
    conversation.keep(kept);
    return new Turn(
        text.toString(), reasoning.toString(), calls, stop(cutOff, text, calls), total());
  }

  private Stop stop(boolean cutOff, StringBuilder text, List<ToolCall> calls) {
    if (reason.equals("refusal")) {
      return Stop.REFUSED;
    }
    if (cutOff) {
      return Stop.MAX_TOKENS;
    }
    if (!calls.isEmpty()) {
      return Stop.TOOL_CALLS;
    }
    return text.toString().isBlank() ? Stop.EMPTY : Stop.END;
  }

  private void piece(Writing writing, JsonNode delta) {
    switch (Json.text(delta, "type")) {
      case "text_delta" -> take(writing, Json.text(delta, "text"), TurnListener.Kind.TEXT);
      case "thinking_delta" ->
          take(writing, Json.text(delta, "thinking"), TurnListener.Kind.REASONING);
      case "input_json_delta" ->
          take(writing, Json.text(delta, "partial_json"), TurnListener.Kind.TOOL_ARGUMENTS);
      case "signature_delta" -> writing.signature.append(Json.text(delta, "signature"));
      default -> {}
    }
  }

  private void take(Writing writing, String piece, TurnListener.Kind kind) {
    if (!piece.isEmpty()) {
      writing.words.append(piece);
      live.piece(kind, piece);
    }
  }

  /** Figures are cumulative: a later one replaces an earlier one. */
  private void usage(JsonNode reported) {
    if (reported instanceof ObjectNode object) {
      usage.setAll(object);
    }
  }

  private CallUsage total() {
    long cached = Json.number(usage, "cache_read_input_tokens");
    long written = Json.number(usage, "cache_creation_input_tokens");
    return new CallUsage(
        Json.number(usage, "input_tokens") + cached + written,
        cached,
        written,
        Json.number(usage, "output_tokens"),
        Json.number(usage, "output_tokens_details", "thinking_tokens"));
  }

  private static boolean isThinking(ObjectNode block) {
    return Json.text(block, "type").endsWith("thinking");
  }
}
