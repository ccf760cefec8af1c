package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.simulated.Frame.Kind;

/** An answer as events of OpenAI's Responses, alike over HTTP and over a WebSocket. */
final class ResponsesFrames extends Frames {

  private final AnswerPlan call;
  private final boolean timing;
  private long sequence;

  /**
   * The events of an answer.
   *
   * @param timing whether the caller wants to hear how long the server worked
   */
  ResponsesFrames(AnswerPlan call, boolean timing) {
    super(call.said());
    this.call = call;
    this.timing = timing;
  }

  @Override
  protected void opening() {
    for (String state : new String[] {"created", "in_progress"}) {
      String type = "response." + state;
      emit(
          type,
          event(type).raw("response", ResponsesJson.response(call, "in_progress")).end(),
          Kind.FRAME_ONLY);
    }
  }

  @Override
  protected void start(int index, Part part) {
    String item = ResponsesJson.item(call, index, part, false);
    String type = "response.output_item.added";
    emit(type, event(type).put("output_index", index).raw("item", item).end(), Kind.ITEM);
    if (part.kind() == Part.Kind.TEXT) {
      inner("response.content_part.added", index, part, "part", ResponsesJson.textPart(""));
    } else if (part.kind() == Part.Kind.REASONING && part.pieces().count() > 0) {
      inner(
          "response.reasoning_summary_part.added",
          index,
          part,
          "part",
          ResponsesJson.summaryPart(""));
    }
  }

  @Override
  protected void piece(int index, Part part, String piece) {
    if (ResponsesJson.isBuiltIn(part)) {
      return; // A local shell call comes whole, in the event that ends it.
    }
    String type =
        switch (part.kind()) {
          case REASONING -> "response.reasoning_summary_text.delta";
          case TEXT -> "response.output_text.delta";
          case TOOL_CALL -> "response.function_call_arguments.delta";
        };
    emit(type, within(type, index, part).put("delta", piece).end(), Kind.TOKENS);
  }

  @Override
  protected void finish(int index, Part part) {
    String whole = JsonText.quote(part.pieces().whole());
    switch (part.kind()) {
      case TEXT -> {
        inner("response.output_text.done", index, part, "text", whole);
        String done = ResponsesJson.textPart(part.pieces().whole());
        inner("response.content_part.done", index, part, "part", done);
      }
      case REASONING -> {
        if (part.pieces().count() > 0) {
          inner("response.reasoning_summary_text.done", index, part, "text", whole);
          String done = ResponsesJson.summaryPart(part.pieces().whole());
          inner("response.reasoning_summary_part.done", index, part, "part", done);
        }
      }
      case TOOL_CALL -> {
        if (!ResponsesJson.isBuiltIn(part)) {
          inner("response.function_call_arguments.done", index, part, "arguments", whole);
        }
      }
    }
    String type = "response.output_item.done";
    String item = ResponsesJson.item(call, index, part, true);
    Kind kind = ResponsesJson.isBuiltIn(part) ? Kind.TOKENS : Kind.FRAME_ONLY;
    emit(type, event(type).put("output_index", index).raw("item", item).end(), kind);
  }

  @Override
  protected void closing() {
    if (timing) {
      emit(
          "responsesapi.websocket_timing",
          ResponsesJson.timing(call.pace(), said.tokens()),
          Kind.FRAME_ONLY);
    }
    String type = "response.completed";
    emit(
        type,
        event(type).raw("response", ResponsesJson.response(call, "completed")).end(),
        Kind.FRAME_ONLY);
  }

  private void inner(String type, int index, Part part, String name, String json) {
    emit(type, within(type, index, part).raw(name, json).end(), Kind.FRAME_ONLY);
  }

  private JsonText event(String type) {
    return new JsonText().put("type", type).put("sequence_number", sequence++);
  }

  private JsonText within(String type, int index, Part part) {
    JsonText text =
        event(type)
            .put("item_id", ResponsesJson.itemId(call, index, part))
            .put("output_index", index);
    return switch (part.kind()) {
      case TEXT -> text.put("content_index", 0);
      case REASONING -> text.put("summary_index", 0);
      case TOOL_CALL -> text;
    };
  }
}
