package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.simulated.Frame.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as Gemini's generateContent, streamed or as one document.
 *
 * <p>A call of a function comes whole, with its last token; nothing comes before the first.
 */
final class GeminiFrames extends Frames {

  private final AnswerPlan call;

  GeminiFrames(AnswerPlan call) {
    super(call.said());
    this.call = call;
  }

  @Override
  protected void opening() {}

  @Override
  protected void start(int index, Part part) {}

  @Override
  protected void piece(int index, Part part, String piece) {
    if (part.kind() != Part.Kind.TOOL_CALL) {
      emit(text(part, piece), false, Kind.TOKENS);
    }
  }

  @Override
  protected void finish(int index, Part part) {
    if (part.kind() == Part.Kind.TOOL_CALL) {
      emit(function(part), false, Kind.TOKENS);
    }
  }

  @Override
  protected void closing() {
    emit(new JsonText().put("text", "").end(), true, Kind.FRAME_ONLY);
  }

  private void emit(String part, boolean last, Kind kind) {
    emit("", answer(call, List.of(part), last), kind);
  }

  private static String text(Part part, String text) {
    JsonText made = new JsonText().put("text", text);
    return part.kind() == Part.Kind.REASONING ? made.raw("thought", "true").end() : made.end();
  }

  private static String function(Part part) {
    Part.Call called = part.toolCall();
    String function =
        new JsonText()
            .put("id", called.id())
            .put("name", called.tool().name())
            .raw("args", part.pieces().whole())
            .end();
    return new JsonText().raw("functionCall", function).end();
  }

  /** The whole answer as one document. */
  static String document(AnswerPlan call) {
    List<String> parts = new ArrayList<>();
    for (Part part : call.said().parts()) {
      if (part.kind() == Part.Kind.TOOL_CALL) {
        parts.add(function(part));
      } else if (part.pieces().count() > 0) {
        parts.add(text(part, part.pieces().whole()));
      }
    }
    return answer(call, parts, true);
  }

  private static String answer(AnswerPlan call, List<String> parts, boolean last) {
    String content =
        new JsonText().raw("parts", "[" + String.join(",", parts) + "]").put("role", "model").end();
    JsonText candidate = new JsonText().raw("content", content);
    if (last) {
      candidate.put("finishReason", "STOP");
    }
    return new JsonText()
        .raw("candidates", "[" + candidate.put("index", 0).end() + "]")
        .raw("usageMetadata", usage(call.usage(), last))
        .put("modelVersion", call.ask().model())
        .put("responseId", call.id())
        .end();
  }

  /** What comes out is told at the end; servers tell it growing, and the last figure holds. */
  private static String usage(CallUsage usage, boolean last) {
    JsonText text = new JsonText().put("promptTokenCount", usage.input());
    if (usage.cached() > 0) {
      text.put("cachedContentTokenCount", usage.cached());
    }
    if (last) {
      text.put("candidatesTokenCount", usage.output() - usage.reasoning());
      text.put("thoughtsTokenCount", usage.reasoning());
    }
    return text.put("totalTokenCount", usage.input() + (last ? usage.output() : 0)).end();
  }
}
