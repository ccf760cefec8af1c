package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Anthropic Messages. */
final class MessagesReader extends ProtocolReader {

  private final UsageFields usage = new UsageFields();
  private final UsageFields reported = new UsageFields();
  private final ErrorFields error = new ErrorFields();
  private @Nullable String type;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String stopReason;
  private @Nullable String blockType;
  private boolean toolCall;
  private boolean hasContent;
  private long reasoningChars;
  private long textChars;
  private long toolChars;

  MessagesReader(AnswerState state) {
    super(state);
  }

  @Override
  void clear() {
    usage.clear();
    error.clear();
    type = id = model = stopReason = blockType = null;
    toolCall = hasContent = false;
    reasoningChars = textChars = toolChars = 0;
  }

  @Override
  void readEvent(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "type" -> type = Json.text(json, Json.WORD);
        case "message" -> readMessage(json);
        case "delta" -> readBlock(json, false);
        case "content_block" -> blockType = readBlock(json, false);
        case "usage" -> usage.read(json);
        case "error" -> error.read(json);
        case "request_id" -> error.readPart(name, json);
        default -> json.skipChildren();
      }
    }
  }

  private void readMessage(JsonParser json) {
    if (Json.object(json)) {
      for (String name = Json.field(json); name != null; name = Json.field(json)) {
        readMessageField(name, json);
      }
    }
  }

  private void readMessageField(String name, JsonParser json) {
    switch (name) {
      case "id" -> id = Json.text(json, Json.WORD);
      case "model" -> model = Json.text(json, Json.WORD);
      case "stop_reason" -> stopReason = Json.text(json, Json.WORD);
      case "usage" -> usage.read(json);
      case "content" -> readContent(json);
      default -> json.skipChildren();
    }
  }

  private void readContent(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    hasContent = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String kind = readBlock(json, true);
      toolCall |= kind != null && kind.endsWith("tool_use");
    }
  }

  /** A content block, a delta of one, or the delta of the message itself; gives its type. */
  private @Nullable String readBlock(JsonParser json, boolean whole) {
    String kind = null;
    if (Json.object(json)) {
      for (String name = Json.field(json); name != null; name = Json.field(json)) {
        switch (name) {
          case "type" -> kind = Json.text(json, Json.WORD);
          case "text" -> textChars += Json.characters(json);
          case "thinking" -> reasoningChars += Json.characters(json);
          case "partial_json" -> toolChars += Json.characters(json);
          case "stop_reason" -> stopReason = Json.text(json, Json.WORD);
          case "input" -> {
            long length = Json.lengthAsWritten(json);
            toolChars += whole ? length : 0;
          }
          default -> json.skipChildren();
        }
      }
    }
    return kind;
  }

  @Override
  void applyEvent(long nanos) {
    if (type == null) {
      return;
    }
    state.known();
    if (state.isEnded()) {
      return;
    }
    switch (type) {
      case "message_start", "message_delta" -> applyMessage();
      case "content_block_start" -> {
        startBlock(nanos);
        applyPieces(nanos);
      }
      case "content_block_delta" -> applyPieces(nanos);
      case "message_stop" -> state.ended(end(state.stopReason), nanos);
      case "error" -> state.failed(error, CallEnd.FAILED, nanos);
      default -> {
        // Pings, ends of blocks, and what a newer server may send.
      }
    }
  }

  private void applyMessage() {
    state.modelOfBody(model);
    state.responseId = id == null ? state.responseId : id;
    state.stopReason = stopReason == null ? state.stopReason : stopReason;
    reported.takeOver(usage);
    state.usage = reported.exclusive();
    state.tier = reported.tier();
    state.speed = reported.speed();
  }

  /** Results of tools that the provider runs are blocks as well, but no model output. */
  private void startBlock(long nanos) {
    if (blockType == null) {
      return;
    }
    boolean call = blockType.endsWith("tool_use");
    boolean thinking = blockType.equals("thinking") || blockType.equals("redacted_thinking");
    if (call || thinking || blockType.equals("text")) {
      state.item(call, nanos);
    }
  }

  private void applyPieces(long nanos) {
    state.piece(Piece.REASONING, reasoningChars, nanos);
    state.piece(Piece.TEXT, textChars, nanos);
    state.piece(Piece.TOOL_ARGUMENTS, toolChars, nanos);
  }

  private static CallEnd end(@Nullable String stopReason) {
    if (stopReason == null) {
      return CallEnd.COMPLETED;
    }
    return switch (stopReason) {
      case "max_tokens", "model_context_window_exceeded", "refusal" -> CallEnd.INCOMPLETE;
      default -> CallEnd.COMPLETED;
    };
  }

  @Override
  boolean endsAnswer() {
    return false;
  }

  @Override
  void readTail(byte[] tail) {
    inTail(tail, "usage", usage::read);
  }

  @Override
  void readDocument(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "type" -> type = Json.text(json, Json.WORD);
        case "error" -> error.read(json);
        case "request_id" -> error.readPart(name, json);
        default -> readMessageField(name, json);
      }
    }
  }

  @Override
  boolean applyDocument(long nanos) {
    if (error.present()) {
      state.headersOf(error);
      state.failed(error, CallEnd.FAILED, nanos);
      return true;
    }
    if (!"message".equals(type) && !(hasContent && stopReason != null)) {
      return false;
    }
    applyMessage();
    state.piece(Piece.REASONING, reasoningChars, nanos);
    state.piece(Piece.TEXT, textChars, nanos);
    if (toolCall) {
      state.toolCall(toolChars, nanos);
    }
    state.ended(end(state.stopReason), nanos);
    return true;
  }
}
