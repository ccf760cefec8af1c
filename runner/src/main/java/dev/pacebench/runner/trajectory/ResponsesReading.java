package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.SpokenAnswer.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts an answer of the Responses protocol together. */
final class ResponsesReading implements SpokenAnswer.Reading {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private final StringBuilder openText = new StringBuilder();
  private final StringBuilder openReasoning = new StringBuilder();
  private boolean items;

  @Override
  public void event(JsonNode event) {
    switch (Json.text(event, "type")) {
      case "response.output_item.done" -> {
        items = true;
        item(event.path("item"));
        openText.setLength(0);
        openReasoning.setLength(0);
      }
      case "response.output_text.delta", "response.refusal.delta" ->
          openText.append(Json.text(event, "delta"));
      case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" ->
          openReasoning.append(Json.text(event, "delta"));
      case "response.completed", "response.incomplete" -> {
        if (!items) {
          document(event.path("response"));
        }
      }
      default -> {}
    }
  }

  @Override
  public void document(JsonNode document) {
    JsonNode output = document.path("output");
    if (!output.isEmpty()) {
      openText.setLength(0);
      openReasoning.setLength(0);
    }
    output.forEach(this::item);
  }

  private void item(JsonNode item) {
    String type = Json.text(item, "type");
    if (type.equals("message")) {
      for (JsonNode part : item.path("content")) {
        text.append(Json.text(part, "text")).append(Json.text(part, "refusal"));
      }
    } else if (type.equals("reasoning")) {
      join(item.path("summary"));
      join(item.path("content"));
    } else if (type.endsWith("_call")) {
      String name = Json.text(item, "name");
      calls.add(
          new Call(Json.text(item, "call_id"), name.isEmpty() ? type : name, arguments(item)));
    }
  }

  /** Tools differ in where they keep what they were given. */
  private static String arguments(JsonNode item) {
    for (String name : List.of("arguments", "input", "action")) {
      JsonNode given = item.path(name);
      if (!given.isMissingNode()) {
        return given.isString() ? given.stringValue() : given.toString();
      }
    }
    return "{}";
  }

  private void join(JsonNode parts) {
    for (JsonNode part : parts) {
      reasoning.append(reasoning.isEmpty() ? "" : "\n").append(Json.text(part, "text"));
    }
  }

  @Override
  public SpokenAnswer answer() {
    return new SpokenAnswer(
        text.toString() + openText, reasoning.toString() + openReasoning, calls);
  }
}
