package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.SpokenAnswer.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts an answer of Gemini together, whose calls come whole, and from older models without ids. */
final class GeminiReading implements SpokenAnswer.Reading {

  private static final int MOST_CALLS = 256;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();

  @Override
  public void event(JsonNode event) {
    for (JsonNode part : event.path("candidates").path(0).path("content").path("parts")) {
      boolean thought = part.path("thought").asBoolean(false);
      (thought ? reasoning : text).append(Json.text(part, "text"));
      JsonNode call = part.path("functionCall");
      if (call.isObject() && calls.size() < MOST_CALLS) {
        JsonNode arguments = call.path("args");
        calls.add(
            new Call(
                Json.text(call, "id"),
                Json.text(call, "name"),
                arguments.isObject() ? arguments.toString() : "{}"));
      }
    }
  }

  @Override
  public void document(JsonNode document) {
    event(document);
  }

  @Override
  public SpokenAnswer answer() {
    return new SpokenAnswer(text.toString(), reasoning.toString(), calls);
  }
}
