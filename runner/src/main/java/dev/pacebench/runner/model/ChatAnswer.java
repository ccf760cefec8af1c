package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.model.ModelException.Kind;
import dev.pacebench.runner.model.Turn.Stop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an answer of the Chat Completions protocol: pieces that have to be put together. */
final class ChatAnswer implements AnswerReading {

  /** A call that is still being written. */
  private static final class Writing {

    private final int index;
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    Writing(int index) {
      this.index = index;
    }
  }

  private final ChatConversation conversation;
  private final TurnListener live;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final List<Writing> calls = new ArrayList<>();
  private @Nullable String reason;
  private CallUsage usage = CallUsage.NONE;

  ChatAnswer(ChatConversation conversation, TurnListener live) {
    this.conversation = conversation;
    this.live = live;
  }

  @Override
  public boolean event(JsonNode event) throws ModelException, FailedTurn {
    if (event.has("error") && !event.path("error").isNull()) {
      ProviderErrors.raise(Kind.STREAM, 0, event, null);
    }
    if (event.path("usage").isObject()) {
      usage = usage(event.path("usage"));
    }
    JsonNode choice = event.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    take(text, Json.text(delta, "content"), TurnListener.Kind.TEXT);
    take(refusal, Json.text(delta, "refusal"), TurnListener.Kind.TEXT);
    // Two names of one extension of servers for open models; some send both with one text.
    String thought = Json.text(delta, "reasoning_content");
    take(
        reasoning,
        thought.isEmpty() ? Json.text(delta, "reasoning") : thought,
        TurnListener.Kind.REASONING);
    for (JsonNode piece : delta.path("tool_calls")) {
      call(piece);
    }
    String finish = Json.text(choice, "finish_reason");
    if (!finish.isEmpty()) {
      reason = finish;
    }
    return false;
  }

  /** Not every server sends the word that ends a stream. */
  @Override
  public boolean whole() {
    return reason != null;
  }

  @Override
  public Turn finish() {
    boolean cutOff = "length".equals(reason) || reason == null;
    List<ToolCall> whole = new ArrayList<>();
    for (Writing call : calls) {
      String arguments = call.arguments.toString();
      if (!cutOff || Json.arguments(arguments).isPresent()) {
        whole.add(new ToolCall(id(call), call.name, arguments));
      }
    }
    Stop stop = stop(cutOff, whole);
    conversation.keep(text.toString(), whole);
    return new Turn(
        stop == Stop.REFUSED && text.isEmpty() ? refusal.toString() : text.toString(),
        reasoning.toString(),
        whole,
        stop,
        usage);
  }

  private Stop stop(boolean cutOff, List<ToolCall> whole) {
    if ("content_filter".equals(reason) || (whole.isEmpty() && !refusal.isEmpty())) {
      return Stop.REFUSED;
    }
    if (cutOff) {
      return Stop.MAX_TOKENS;
    }
    if (!whole.isEmpty()) {
      return Stop.TOOL_CALLS;
    }
    return text.toString().isBlank() ? Stop.EMPTY : Stop.END;
  }

  private void call(JsonNode piece) {
    Writing call = writing(piece);
    if (call.id.isEmpty()) {
      call.id = Json.text(piece, "id");
    }
    if (call.name.isEmpty()) {
      call.name = Json.text(piece, "function", "name");
    }
    take(
        call.arguments,
        Json.text(piece, "function", "arguments"),
        TurnListener.Kind.TOOL_ARGUMENTS);
  }

  /** The call that a piece goes on with; some servers number all of them alike. */
  private Writing writing(JsonNode piece) {
    String id = Json.text(piece, "id");
    int index = piece.path("index").isInt() ? piece.path("index").intValue() : -1;
    for (int i = calls.size() - 1; i >= 0; i--) {
      Writing call = calls.get(i);
      boolean same = id.isEmpty() || call.id.isEmpty() || id.equals(call.id);
      if (same && (index == call.index || index < 0)) {
        return call;
      }
    }
    Writing call = new Writing(index);
    calls.add(call);
    return call;
  }

  /** Where a server gives none, a number that is fresh in this conversation. */
  private String id(Writing call) {
    return call.id.isEmpty() ? "call_" + conversation.size() + "_" + calls.indexOf(call) : call.id;
  }

  private void take(StringBuilder all, String piece, TurnListener.Kind kind) {
    if (!piece.isEmpty()) {
      all.append(piece);
      live.piece(kind, piece);
    }
  }

  private static CallUsage usage(JsonNode usage) {
    return new CallUsage(
        Json.number(usage, "prompt_tokens"),
        Json.number(usage, "prompt_tokens_details", "cached_tokens"),
        Json.number(usage, "prompt_tokens_details", "cache_write_tokens"),
        Json.number(usage, "completion_tokens"),
        Json.number(usage, "completion_tokens_details", "reasoning_tokens"));
  }
}
