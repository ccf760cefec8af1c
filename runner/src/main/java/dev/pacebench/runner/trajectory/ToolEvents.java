package dev.pacebench.runner.trajectory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** When tools ran, as a program's own output told while it came. */
final class ToolEvents {

  /** In an agent's folder of the evidence: {@code {"ms": .., "event": {..}}} a line. */
  static final String FILE = "events.jsonl";

  private static final int LONGEST_LINE = 16 << 20;
  private static final int MOST = 50_000;

  /** A tool at work, in milliseconds from the start of the phase. */
  record Span(String id, double from, double to) {}

  private final Map<String, Double> begun = new LinkedHashMap<>();
  private final List<Span> spans = new ArrayList<>();

  private ToolEvents() {}

  /** Nothing is known when the program tells nothing. */
  static ToolEvents read(Path folder) throws IOException {
    ToolEvents events = new ToolEvents();
    Optional<Lines> opened = Lines.open(folder.resolve(FILE), LONGEST_LINE);
    if (opened.isPresent()) {
      try (Lines lines = opened.get()) {
        for (byte[] line = lines.next();
            line != null && events.spans.size() < MOST;
            line = lines.next()) {
          Json.read(line)
              .ifPresent(json -> events.event(json.path("ms").asDouble(-1), json.path("event")));
        }
      }
    }
    return events;
  }

  private void event(double millis, JsonNode event) {
    if (millis < 0) {
      return;
    }
    switch (Json.text(event, "type")) {
      case "item.started" -> begin(Json.text(event, "item", "id"), millis);
      case "item.completed" -> end(Json.text(event, "item", "id"), millis);
      case "assistant", "user" -> {
        for (JsonNode block : event.path("message").path("content")) {
          String type = Json.text(block, "type");
          if (type.equals("tool_use")) {
            begin(Json.text(block, "id"), millis);
          } else if (type.equals("tool_result")) {
            end(Json.text(block, "tool_use_id"), millis);
          }
        }
      }
      case "tool_use" -> {
        if (event.has("tool_id")) {
          begin(Json.text(event, "tool_id"), millis);
          return;
        }
        JsonNode time = event.path("part").path("state").path("time");
        double took = time.path("end").asDouble(0) - time.path("start").asDouble(0);
        if (took >= 0 && took <= millis) {
          spans.add(new Span(Json.text(event, "part", "callID"), millis - took, millis));
        }
      }
      case "tool_result" -> end(Json.text(event, "tool_id"), millis);
      default -> {}
    }
  }

  private void begin(String id, double millis) {
    if (begun.size() < MOST) {
      begun.put(id, millis);
    }
  }

  /** What ends without having begun, such as a message, is no tool. */
  private void end(String id, double millis) {
    Double from = begun.remove(id);
    if (from != null) {
      spans.add(new Span(id, from, Math.max(from, millis)));
    }
  }

  /**
   * How long each of a turn's calls took; null where it is not told.
   *
   * @param from end of the model's answer
   * @param to start of the next call, or end of the phase
   */
  List<@Nullable Double> took(List<SpokenAnswer.Call> calls, double from, double to) {
    Map<String, Span> byId = new HashMap<>();
    List<Span> between = new ArrayList<>();
    for (Span span : spans) {
      byId.put(span.id(), span);
      // A program may tell of a tool while the answer still comes.
      if (span.to() >= from && span.from() < to) {
        between.add(span);
      }
    }
    List<@Nullable Double> took = new ArrayList<>();
    boolean inOrder = between.size() == calls.size();
    for (int i = 0; i < calls.size(); i++) {
      Span span = byId.get(calls.get(i).id());
      span = span == null && inOrder ? between.get(i) : span;
      took.add(span == null ? null : Double.valueOf(span.to() - span.from()));
    }
    return took;
  }
}
