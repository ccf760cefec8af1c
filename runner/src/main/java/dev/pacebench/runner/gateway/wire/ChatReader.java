package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Chat Completions, as OpenAI and many other servers speak it. */
final class ChatReader extends ProtocolReader {

  private final UsageFields usage = new UsageFields();
  private final UsageFields reported = new UsageFields();
  private final ErrorFields error = new ErrorFields();
  private @Nullable String id;
  private @Nullable String object;
  private @Nullable String model;
  private @Nullable String tier;
  private @Nullable String finish;
  private boolean hasChoices;
  private long reasoningChars;
  private long textChars;
  private long toolChars;
  private boolean toolCall;

  private boolean finished;
  private long lastChunk;

  ChatReader(AnswerState state) {
    super(state);
  }

  @Override
  void clear() {
    usage.clear();
    error.clear();
    id = object = model = tier = finish = null;
    hasChoices = toolCall = false;
    reasoningChars = textChars = toolChars = 0;
  }

  @Override
  void readEvent(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "id" -> id = Json.text(json, Json.WORD);
        case "object" -> object = Json.text(json, Json.WORD);
        case "model" -> model = Json.text(json, Json.WORD);
        case "service_tier" -> tier = Json.text(json, Json.WORD);
        case "choices" -> readChoices(json);
        case "usage" -> usage.read(json);
        case "error" -> error.read(json);
        default -> {
          if (!error.readPart(name, json)) {
            json.skipChildren();
          }
        }
      }
    }
  }

  private void readChoices(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    hasChoices = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (Json.object(json)) {
        for (String name = Json.field(json); name != null; name = Json.field(json)) {
          switch (name) {
            case "delta", "message" -> readDelta(json);
            case "finish_reason" -> readFinish(json);
            case "error" -> error.read(json);
            default -> json.skipChildren();
          }
        }
      }
    }
  }

  private void readFinish(JsonParser json) {
    String word = Json.text(json, Json.WORD);
    // Of several choices the one that was stopped tells more.
    if (word != null && !word.isEmpty() && (finish == null || end(finish) == CallEnd.COMPLETED)) {
      finish = word;
    }
  }

  private void readDelta(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    long reasoning = 0;
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "content" -> textChars += Json.nestedCharacters(json);
        case "refusal" -> textChars += Json.characters(json);
        // Two names for one thing; some servers send both.
        case "reasoning_content", "reasoning" ->
            reasoning = Math.max(reasoning, Json.nestedCharacters(json));
        case "tool_calls" -> readToolCalls(json);
        case "function_call" -> readFunction(json);
        default -> json.skipChildren();
      }
    }
    reasoningChars += reasoning;
  }

  private void readToolCalls(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (Json.object(json)) {
        for (String name = Json.field(json); name != null; name = Json.field(json)) {
          switch (name) {
            case "id" -> toolCall |= Json.characters(json) > 0;
            case "function", "custom" -> readFunction(json);
            default -> json.skipChildren();
          }
        }
      }
    }
  }

  private void readFunction(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "name" -> toolCall |= Json.characters(json) > 0;
        case "arguments", "input" -> toolChars += Json.characters(json);
        default -> json.skipChildren();
      }
    }
  }

  @Override
  void applyEvent(long nanos) {
    applyDocument(nanos);
  }

  @Override
  boolean endsAnswer() {
    return false;
  }

  @Override
  void readTail(byte[] tail) {
    inTail(tail, "usage", usage::read);
    inTail(tail, "service_tier", json -> tier = Json.text(json, Json.WORD));
  }

  @Override
  void readDocument(JsonParser json) {
    readEvent(json);
  }

  /** A document differs from a chunk in being the whole, and in ending without a last event. */
  @Override
  boolean applyDocument(long nanos) {
    boolean failed = error.present() || "error".equals(object);
    boolean isChat = hasChoices || (object != null && object.startsWith("chat.completion"));
    if (!failed && !isChat) {
      return false;
    }
    state.known();
    if (state.isEnded()) {
      return true;
    }
    applyServed();
    state.piece(Piece.REASONING, reasoningChars, nanos);
    state.piece(Piece.TEXT, textChars, nanos);
    if (toolCall || toolChars > 0) {
      state.toolCall(toolChars, nanos);
    }
    lastChunk = nanos;
    if (finish != null) {
      finished = true;
      if (state.stopReason == null || end(state.stopReason) == CallEnd.COMPLETED) {
        state.stopReason = finish;
      }
    }
    if (failed) {
      state.failed(error, CallEnd.FAILED, nanos);
    }
    return true;
  }

  private void applyServed() {
    state.modelOfBody(model);
    state.responseId = id == null || id.isEmpty() ? state.responseId : id;
    state.tier = tier == null ? state.tier : tier;
    reported.takeOver(usage);
    state.usage = reported.inclusive();
  }

  private static CallEnd end(String reason) {
    return switch (reason) {
      case "length", "content_filter" -> CallEnd.INCOMPLETE;
      case "error" -> CallEnd.FAILED;
      default -> CallEnd.COMPLETED;
    };
  }

  @Override
  void done(long nanos) {
    state.known();
    state.ended(state.stopReason == null ? CallEnd.COMPLETED : end(state.stopReason), nanos);
  }

  /** Some servers leave the last event out; a reason to stop and a clean end say as much. */
  @Override
  void end(boolean clean) {
    if (clean && finished) {
      done(lastChunk);
    }
  }
}
