package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.SpokenAnswer.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Puts an answer of the Anthropic protocol together. */
final class MessagesReading implements SpokenAnswer.Reading {

  /** A block that is still being written. */
  private static final class Writing {
    private final JsonNode start;
    private final StringBuilder words = new StringBuilder();

    Writing(JsonNode start) {
      this.start = start;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Writing> open = new HashMap<>();

  @Override
  public void event(JsonNode event) {
    int index = event.path("index").asInt(0);
    switch (Json.text(event, "type")) {
      case "content_block_start" -> open.put(index, new Writing(event.path("content_block")));
      case "content_block_delta" -> {
        Writing block = open.get(index);
        if (block != null) {
          JsonNode delta = event.path("delta");
          block
              .words
              .append(Json.text(delta, "text"))
              .append(Json.text(delta, "thinking"))
              .append(Json.text(delta, "partial_json"));
        }
      }
      case "content_block_stop" -> {
        Writing block = open.remove(index);
        if (block != null) {
          block(block.start, block.words.toString(), true);
        }
      }
      default -> {}
    }
  }

  @Override
  public void document(JsonNode document) {
    for (JsonNode block : document.path("content")) {
      block(block, "", true);
    }
  }

  private void block(JsonNode block, String words, boolean whole) {
    String type = Json.text(block, "type");
    if (type.equals("text")) {
      text.append(Json.text(block, "text")).append(words);
    } else if (type.equals("thinking")) {
      reasoning.append(reasoning.isEmpty() ? "" : "\n");
      reasoning.append(Json.text(block, "thinking")).append(words);
    } else if (type.endsWith("tool_use") && whole) {
      String given = words.isBlank() ? block.path("input").toString() : words;
      calls.add(new Call(Json.text(block, "id"), Json.text(block, "name"), given));
    }
  }

  @Override
  public SpokenAnswer answer() {
    open.values().forEach(left -> block(left.start, left.words.toString(), false));
    open.clear();
    return new SpokenAnswer(text.toString(), reasoning.toString(), calls);
  }
}
