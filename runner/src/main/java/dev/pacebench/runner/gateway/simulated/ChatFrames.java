package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.simulated.Frame.Kind;
import java.util.ArrayList;
import java.util.List;

/** An answer as Chat Completions, streamed or as one document. */
final class ChatFrames extends Frames {

  private final AnswerPlan call;
  private int toolCalls = -1;

  ChatFrames(AnswerPlan call) {
    super(call.said());
    this.call = call;
  }

  @Override
  protected void opening() {
    emit(chunk("{\"role\":\"assistant\",\"content\":\"\"}", null), Kind.FRAME_ONLY);
  }

  @Override
  protected void start(int index, Part part) {
    if (part.kind() == Part.Kind.TOOL_CALL) {
      toolCalls++;
      Part.Call tool = part.toolCall();
      String function = new JsonText().put("name", tool.tool().name()).put("arguments", "").end();
      String started =
          new JsonText()
              .put("index", toolCalls)
              .put("id", tool.id())
              .put("type", "function")
              .raw("function", function)
              .end();
      emit(chunk("{\"tool_calls\":[" + started + "]}", null), Kind.ITEM);
    }
  }

  @Override
  protected void piece(int index, Part part, String piece) {
    String delta =
        switch (part.kind()) {
          case REASONING -> new JsonText().put("reasoning_content", piece).end();
          case TEXT -> new JsonText().put("content", piece).end();
          case TOOL_CALL -> {
            String function = new JsonText().put("arguments", piece).end();
            String more = new JsonText().put("index", toolCalls).raw("function", function).end();
            yield "{\"tool_calls\":[" + more + "]}";
          }
        };
    emit(chunk(delta, null), Kind.TOKENS);
  }

  @Override
  protected void finish(int index, Part part) {}

  @Override
  protected void closing() {
    emit(chunk("{}", finishReason(call)), Kind.FRAME_ONLY);
    if (call.ask().usage()) {
      emit(
          head(call, "chat.completion.chunk")
              .raw("choices", "[]")
              .raw("usage", usage(call.usage()))
              .end(),
          Kind.FRAME_ONLY);
    }
    emit("[DONE]", Kind.FRAME_ONLY);
  }

  private void emit(String data, Kind kind) {
    emit("", data, kind);
  }

  private String chunk(String delta, @org.jspecify.annotations.Nullable String finish) {
    String choice =
        new JsonText()
            .put("index", 0)
            .raw("delta", delta)
            .raw("finish_reason", finish == null ? "null" : JsonText.quote(finish))
            .end();
    return head(call, "chat.completion.chunk").raw("choices", "[" + choice + "]").end();
  }

  private static JsonText head(AnswerPlan call, String object) {
    return new JsonText()
        .put("id", call.id())
        .put("object", object)
        .put("created", AnswerPlan.CREATED)
        .put("model", call.ask().model())
        .put("service_tier", Served.tier(call.ask().tier()));
  }

  private static String finishReason(AnswerPlan call) {
    return call.said().callsTools() ? "tool_calls" : "stop";
  }

  /** The whole answer as one document. */
  static String document(AnswerPlan call) {
    JsonText message = new JsonText().put("role", "assistant");
    StringBuilder content = new StringBuilder();
    List<String> tools = new ArrayList<>();
    for (Part part : call.said().parts()) {
      switch (part.kind()) {
        case REASONING -> message.put("reasoning_content", part.pieces().whole());
        case TEXT -> content.append(part.pieces().whole());
        case TOOL_CALL -> tools.add(toolCall(part));
      }
    }
    message.raw("content", content.isEmpty() ? "null" : JsonText.quote(content.toString()));
    if (!tools.isEmpty()) {
      message.raw("tool_calls", "[" + String.join(",", tools) + "]");
    }
    String choice =
        new JsonText()
            .put("index", 0)
            .raw("message", message.end())
            .put("finish_reason", finishReason(call))
            .end();
    return head(call, "chat.completion")
        .raw("choices", "[" + choice + "]")
        .raw("usage", usage(call.usage()))
        .end();
  }

  private static String toolCall(Part part) {
    Part.Call call = part.toolCall();
    String function =
        new JsonText()
            .put("name", call.tool().name())
            .put("arguments", part.pieces().whole())
            .end();
    return new JsonText()
        .put("id", call.id())
        .put("type", "function")
        .raw("function", function)
        .end();
  }

  private static String usage(CallUsage usage) {
    return new JsonText()
        .put("prompt_tokens", usage.input())
        .put("completion_tokens", usage.output())
        .put("total_tokens", usage.input() + usage.output())
        .raw("prompt_tokens_details", new JsonText().put("cached_tokens", usage.cached()).end())
        .raw(
            "completion_tokens_details",
            new JsonText().put("reasoning_tokens", usage.reasoning()).end())
        .end();
  }
}
