package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The {@code response} object of OpenAI Responses, within an event or as the whole document. */
final class ResponseFields {

  private final UsageFields usage = new UsageFields();
  private final ErrorFields error = new ErrorFields();
  private final OutputItem item = new OutputItem();
  private long reasoningChars;
  private long textChars;
  private long toolChars;
  private boolean toolCall;
  private boolean hasOutput;
  private @Nullable String object;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String tier;
  private @Nullable String status;
  private @Nullable String reason;

  void clear() {
    usage.clear();
    error.clear();
    reasoningChars = textChars = toolChars = 0;
    toolCall = hasOutput = false;
    object = id = model = tier = status = reason = null;
  }

  void readValue(JsonParser json) {
    if (Json.object(json)) {
      readFields(json);
    }
  }

  /** The fields of the object that the parser stands in. */
  void readFields(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "object" -> object = Json.text(json, Json.WORD);
        case "id" -> id = Json.text(json, Json.WORD);
        case "model" -> model = Json.text(json, Json.WORD);
        case "service_tier" -> tier = Json.text(json, Json.WORD);
        case "status" -> status = Json.text(json, Json.WORD);
        case "incomplete_details" -> readDetails(json);
        case "error" -> error.read(json);
        case "headers" -> error.readPart(name, json);
        case "usage" -> usage.read(json);
        case "output" -> readOutput(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readDetails(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      if (name.equals("reason")) {
        reason = Json.text(json, Json.WORD);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readOutput(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    hasOutput = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      item.read(json);
      if (item.isOutput()) {
        switch (item.piece()) {
          case REASONING -> reasoningChars += item.characters();
          case TOOL_ARGUMENTS -> toolChars += item.characters();
          default -> textChars += item.characters();
        }
        toolCall |= item.isToolCall();
      }
    }
  }

  /** What stands behind the output, which is what makes an answer long. */
  void readTail(byte[] tail) {
    ProtocolReader.inTail(tail, "usage", usage::read);
    ProtocolReader.inTail(tail, "service_tier", json -> tier = Json.text(json, Json.WORD));
  }

  boolean isResponse() {
    return "response".equals(object) || error.present() || (status != null && hasOutput);
  }

  void applyServed(AnswerState state) {
    state.modelOfBody(model);
    state.headersOf(error);
    state.responseId = id == null ? state.responseId : id;
    state.tier = tier == null ? state.tier : tier;
  }

  /** For answers whose output came in one piece. */
  void applyOutput(AnswerState state, long nanos) {
    state.piece(Piece.REASONING, reasoningChars, nanos);
    state.piece(Piece.TEXT, textChars, nanos);
    if (toolCall) {
      state.toolCall(toolChars, nanos);
    }
  }

  /** How it ended, where its own status may say worse than the event's type. */
  void applyEnd(AnswerState state, CallEnd byType, long nanos) {
    state.usage = usage.inclusive() == null ? state.usage : usage.inclusive();
    boolean failed = byType == CallEnd.FAILED || "failed".equals(status) || error.present();
    if (failed) {
      state.failed(error, CallEnd.FAILED, nanos);
    } else if (byType == CallEnd.COMPLETED && (status == null || status.equals("completed"))) {
      state.ended(CallEnd.COMPLETED, nanos);
    } else {
      state.stopReason = reason == null ? status : reason;
      state.ended(CallEnd.INCOMPLETE, nanos);
    }
  }
}
