package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.simulated.Frame.Kind;
import java.util.ArrayList;
import java.util.List;

/** An answer as Anthropic Messages, streamed or as one document. */
final class MessagesFrames extends Frames {

  private final AnswerPlan call;

  /** Hidden reasoning opens no block, so blocks are counted apart from parts. */
  private int block = -1;

  MessagesFrames(AnswerPlan call) {
    super(call.said());
    this.call = call;
  }

  @Override
  protected void opening() {
    // Output tokens are not known yet; servers state a first few.
    String message = message(call, "[]", null, usage(call, 1));
    emit("message_start", event("message_start").raw("message", message).end(), Kind.FRAME_ONLY);
  }

  @Override
  protected void start(int index, Part part) {
    if (part.pieces().count() == 0) {
      return;
    }
    block++;
    String type = "content_block_start";
    String started =
        event(type).put("index", block).raw("content_block", block(call, part, false)).end();
    emit(type, started, Kind.ITEM);
  }

  @Override
  protected void piece(int index, Part part, String piece) {
    JsonText delta = new JsonText();
    switch (part.kind()) {
      case REASONING -> delta.put("type", "thinking_delta").put("thinking", piece);
      case TEXT -> delta.put("type", "text_delta").put("text", piece);
      case TOOL_CALL -> delta.put("type", "input_json_delta").put("partial_json", piece);
    }
    delta(delta, Kind.TOKENS);
  }

  private void delta(JsonText delta, Kind kind) {
    String type = "content_block_delta";
    emit(type, event(type).put("index", block).raw("delta", delta.end()).end(), kind);
  }

  @Override
  protected void finish(int index, Part part) {
    if (part.pieces().count() == 0) {
      return;
    }
    if (part.kind() == Part.Kind.REASONING) {
      delta(
          new JsonText().put("type", "signature_delta").put("signature", signature(call)),
          Kind.FRAME_ONLY);
    }
    String type = "content_block_stop";
    emit(type, event(type).put("index", block).end(), Kind.FRAME_ONLY);
  }

  @Override
  protected void closing() {
    String delta =
        new JsonText().put("stop_reason", stopReason(call)).raw("stop_sequence", "null").end();
    String usage = usage(call, call.usage().output());
    emit(
        "message_delta",
        event("message_delta").raw("delta", delta).raw("usage", usage).end(),
        Kind.FRAME_ONLY);
    emit("message_stop", event("message_stop").end(), Kind.FRAME_ONLY);
  }

  private static JsonText event(String type) {
    return new JsonText().put("type", type);
  }

  private static String signature(AnswerPlan call) {
    return "simulated" + call.digits();
  }

  private static String stopReason(AnswerPlan call) {
    return call.said().callsTools() ? "tool_use" : "end_turn";
  }

  /** The whole answer as one document. */
  static String document(AnswerPlan call) {
    List<String> blocks = new ArrayList<>();
    for (Part part : call.said().parts()) {
      if (part.pieces().count() > 0) {
        blocks.add(block(call, part, true));
      }
    }
    String content = "[" + String.join(",", blocks) + "]";
    return message(call, content, stopReason(call), usage(call, call.usage().output()));
  }

  private static String message(
      AnswerPlan call,
      String content,
      @org.jspecify.annotations.Nullable String stopReason,
      String usage) {
    return new JsonText()
        .put("id", call.id())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", call.ask().model())
        .raw("content", content)
        .raw("stop_reason", stopReason == null ? "null" : JsonText.quote(stopReason))
        .raw("stop_sequence", "null")
        .raw("usage", usage)
        .end();
  }

  private static String block(AnswerPlan call, Part part, boolean whole) {
    String text = whole ? part.pieces().whole() : "";
    JsonText block = new JsonText();
    switch (part.kind()) {
      case REASONING ->
          block
              .put("type", "thinking")
              .put("thinking", text)
              .put("signature", whole ? signature(call) : "");
      case TEXT -> block.put("type", "text").put("text", text);
      case TOOL_CALL ->
          block
              .put("type", "tool_use")
              .put("id", part.toolCall().id())
              .put("name", part.toolCall().tool().name())
              .raw("input", whole ? text : "{}");
    }
    return block.end();
  }

  private static String usage(AnswerPlan call, long output) {
    CallUsage usage = call.usage();
    JsonText text =
        new JsonText()
            .put("input_tokens", usage.input() - usage.cached() - usage.cacheWrite())
            .put("cache_creation_input_tokens", usage.cacheWrite())
            .put("cache_read_input_tokens", usage.cached())
            .put("output_tokens", output)
            .put("service_tier", Served.messagesTier(call.ask().tier()));
    String speed = call.ask().speed();
    if (speed != null) {
      text.put("speed", speed);
    }
    return text.end();
  }
}
