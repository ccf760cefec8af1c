package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallEnd;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** OpenAI Responses, over HTTP and over a WebSocket. */
final class ResponsesReader extends ProtocolReader {

  /** Items whose own pieces are told apart; further ones are taken to have been streamed. */
  private static final int MOST_ITEMS = 4096;

  private final ResponseFields response = new ResponseFields();
  private final OutputItem item = new OutputItem();
  private final ErrorFields error = new ErrorFields();
  private final Map<String, Double> timing = new LinkedHashMap<>();
  private final BitSet streamed = new BitSet();
  private @Nullable String type;
  private long deltaChars;
  private long outputIndex;

  ResponsesReader(AnswerState state) {
    super(state);
  }

  @Override
  void clear() {
    type = null;
    deltaChars = 0;
    outputIndex = 0;
    response.clear();
    item.clear();
    error.clear();
    timing.clear();
  }

  @Override
  void readEvent(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "type" -> type = Json.text(json, Json.WORD);
        case "delta" -> deltaChars = Json.characters(json);
        case "output_index" -> outputIndex = Json.count(json);
        case "item" -> item.read(json);
        case "response" -> response.readValue(json);
        case "error" -> error.read(json);
        case "timing_metrics" -> readTiming(json);
        default -> {
          if (!error.readPart(name, json)) {
            json.skipChildren();
          }
        }
      }
    }
  }

  private void readTiming(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      double value = Json.number(json);
      if (!Double.isNaN(value)) {
        timing.put(Json.shortened(name, Json.WORD), value);
      }
    }
  }

  @Override
  void applyEvent(long nanos) {
    if (type == null) {
      return;
    }
    state.known();
    if (type.equals("responsesapi.websocket_timing")) {
      timing.forEach(state::timing);
    }
    if (state.isEnded()) {
      return;
    }
    state.headersOf(error);
    switch (type) {
      case "response.output_text.delta", "response.refusal.delta" -> delta(Piece.TEXT, nanos);
      case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" ->
          delta(Piece.REASONING, nanos);
      case "response.function_call_arguments.delta",
          "response.custom_tool_call_input.delta",
          "response.mcp_call_arguments.delta",
          "response.code_interpreter_call_code.delta" ->
          delta(Piece.TOOL_ARGUMENTS, nanos);
      case "response.output_item.added" -> {
        if (item.isOutput()) {
          state.item(item.isToolCall(), nanos);
        }
      }
      case "response.output_item.done" -> {
        if (item.isOutput() && !isStreamed()) {
          state.piece(item.piece(), item.characters(), nanos);
        }
      }
      case "response.created", "response.in_progress", "response.queued" ->
          response.applyServed(state);
      case "response.completed" -> finish(CallEnd.COMPLETED, nanos);
      case "response.incomplete" -> finish(CallEnd.INCOMPLETE, nanos);
      case "response.failed" -> finish(CallEnd.FAILED, nanos);
      case "error" -> errorEvent(nanos);
      default -> {
        // Also unknown ones, which a newer server may send.
      }
    }
  }

  private void delta(Piece piece, long nanos) {
    if (deltaChars > 0) {
      state.piece(piece, deltaChars, nanos);
      if (outputIndex >= 0 && outputIndex < MOST_ITEMS) {
        streamed.set((int) outputIndex);
      }
    }
  }

  private boolean isStreamed() {
    return outputIndex < 0 || outputIndex >= MOST_ITEMS || streamed.get((int) outputIndex);
  }

  private void finish(CallEnd byType, long nanos) {
    response.applyServed(state);
    if (!state.hasOutput()) {
      response.applyOutput(state, nanos);
    }
    response.applyEnd(state, byType, nanos);
  }

  /** On a WebSocket an error frame before any output stands for the status of a refused call. */
  private void errorEvent(long nanos) {
    boolean refusal = state.status <= 101 && error.status() >= 400 && !state.hasOutput();
    if (refusal) {
      state.status = error.status();
    }
    state.failed(error, refusal ? CallEnd.REFUSED : CallEnd.FAILED, nanos);
  }

  @Override
  boolean endsAnswer() {
    return "response.completed".equals(type)
        || "response.incomplete".equals(type)
        || "response.failed".equals(type);
  }

  @Override
  void readTail(byte[] tail) {
    response.readTail(tail);
  }

  @Override
  void readDocument(JsonParser json) {
    response.readFields(json);
  }

  @Override
  boolean applyDocument(long nanos) {
    if (!response.isResponse()) {
      return false;
    }
    response.applyServed(state);
    response.applyOutput(state, nanos);
    response.applyEnd(state, CallEnd.COMPLETED, nanos);
    return true;
  }
}
