package dev.pacebench.runner.trajectory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the built-in agent wrote of its own steps. */
record LoopSteps(List<LoopStep> steps) {

  /** In an agent's folder of the evidence. */
  static final String FILE = "loop.jsonl";

  private static final int LONGEST_LINE = 16 << 20;
  private static final int MOST = 20_000;

  /** A tool call with its exact time. */
  record LoopCall(String arguments, double tookMillis, String result) {}

  /**
   * One step; times from the log's own start.
   *
   * @param answered whether the model's answer came
   */
  record LoopStep(double asked, boolean answered, List<LoopCall> calls, List<String> notes) {
    LoopStep {
      calls = List.copyOf(calls);
      notes = List.copyOf(notes);
    }

    /** Whether it tells of a turn; the end of the phase may have cut its calls off. */
    boolean tells(SpokenAnswer answer) {
      if (calls.size() > answer.calls().size()) {
        return false;
      }
      for (int i = 0; i < calls.size(); i++) {
        if (!calls.get(i).arguments().equals(answer.calls().get(i).arguments())) {
          return false;
        }
      }
      return true;
    }
  }

  LoopSteps {
    steps = List.copyOf(steps);
  }

  /** Empty when the agent keeps no such log. */
  static LoopSteps read(List<Path> folders) throws IOException {
    List<LoopStep> steps = new ArrayList<>();
    for (Path folder : folders) {
      read(folder, steps);
    }
    return new LoopSteps(steps);
  }

  private static void read(Path folder, List<LoopStep> steps) throws IOException {
    Optional<Lines> opened = Lines.open(folder.resolve(FILE), LONGEST_LINE);
    if (opened.isPresent()) {
      try (Lines lines = opened.get()) {
        for (byte[] line = lines.next(); line != null && steps.size() < MOST; line = lines.next()) {
          Json.read(line).filter(JsonNode::isObject).ifPresent(json -> steps.add(step(json)));
        }
      }
    }
  }

  private static LoopStep step(JsonNode json) {
    List<LoopCall> calls = new ArrayList<>();
    for (JsonNode call : json.path("calls")) {
      calls.add(
          new LoopCall(
              Json.text(call, "arguments"),
              Math.max(0, call.path("took_ms").asDouble(0)),
              Texts.cut(Json.text(call, "result"))));
    }
    List<String> notes = new ArrayList<>();
    json.path("notes").forEach(note -> notes.add(Texts.cut(note.asString(""), 1000)));
    return new LoopStep(
        json.path("asked_ms").asDouble(0), json.path("answered_ms").isNumber(), calls, notes);
  }
}
