package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.SpokenAnswer.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts an answer of Chat Completions together. */
final class ChatReading implements SpokenAnswer.Reading {

  private static final int MOST_CALLS = 256;

  /** A call that is still being written. */
  private static final class Writing {
    private int index;
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
  }

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Writing> calls = new ArrayList<>();
  private boolean ended;

  @Override
  public void event(JsonNode event) {
    JsonNode choice = event.path("choices").path(0);
    said(choice.path("delta"));
    ended |= !Json.text(choice, "finish_reason").isEmpty();
  }

  @Override
  public void document(JsonNode document) {
    said(document.path("choices").path(0).path("message"));
    ended = true;
  }

  private void said(JsonNode message) {
    text.append(Json.text(message, "content")).append(Json.text(message, "refusal"));
    String thought = Json.text(message, "reasoning_content");
    reasoning.append(thought.isEmpty() ? Json.text(message, "reasoning") : thought);
    for (JsonNode piece : message.path("tool_calls")) {
      call(piece);
    }
  }

  private void call(JsonNode piece) {
    Writing call = writing(piece);
    call.id = call.id.isEmpty() ? Json.text(piece, "id") : call.id;
    call.name = call.name.isEmpty() ? Json.text(piece, "function", "name") : call.name;
    call.arguments.append(Json.text(piece, "function", "arguments"));
  }

  /** The call that a piece goes on with; some servers number all of them alike. */
  private Writing writing(JsonNode piece) {
    String id = Json.text(piece, "id");
    int index = piece.path("index").isInt() ? piece.path("index").intValue() : -1;
    for (int i = calls.size() - 1; i >= 0; i--) {
      Writing call = calls.get(i);
      boolean same = id.isEmpty() || id.equals(call.id);
      if (same && (index < 0 || index == call.index)) {
        return call;
      }
    }
    Writing call = new Writing();
    call.index = index;
    if (calls.size() < MOST_CALLS) {
      calls.add(call);
    }
    return call;
  }

  @Override
  public SpokenAnswer answer() {
    List<Call> whole = new ArrayList<>();
    for (Writing call : calls) {
      String arguments = call.arguments.toString();
      if (ended
          || Json.read(arguments.getBytes(java.nio.charset.StandardCharsets.UTF_8)).isPresent()) {
        whole.add(new Call(call.id, call.name, arguments));
      }
    }
    return new SpokenAnswer(text.toString(), reasoning.toString(), whole);
  }
}
