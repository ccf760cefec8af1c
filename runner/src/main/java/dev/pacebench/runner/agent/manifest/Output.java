package dev.pacebench.runner.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a program's standard output is understood.
 *
 * @param toolStart a command of the model begins
 * @param toolEnd it has ended
 * @param toolId dotted paths of what pairs the two; the first that a line has counts
 * @param failed the program says that its turn failed
 * @param finished the program says that its turn ended
 */
public record Output(
    Format format,
    List<Rule> toolStart,
    List<Rule> toolEnd,
    List<String> toolId,
    List<Rule> failed,
    List<Rule> finished) {

  /** What it is written in. */
  public enum Format {
    /** One JSON document a line; other lines are let pass. */
    JSONL,
    /** Nothing that is understood here. */
    TEXT
  }

  /** Nothing of the output is understood. */
  public static final Output PLAIN =
      new Output(Format.TEXT, List.of(), List.of(), List.of(), List.of(), List.of());

  public Output {
    requireNonNull(format, "format is null");
    toolStart = List.copyOf(toolStart);
    toolEnd = List.copyOf(toolEnd);
    toolId = List.copyOf(toolId);
    failed = List.copyOf(failed);
    finished = List.copyOf(finished);
  }

  /** Whether the program tells when its tools run. */
  public boolean tellsTools() {
    return !toolStart.isEmpty() && !toolEnd.isEmpty();
  }

  public boolean startsTool(JsonNode line) {
    return any(toolStart, line);
  }

  public boolean endsTool(JsonNode line) {
    return any(toolEnd, line);
  }

  public boolean failed(JsonNode line) {
    return any(failed, line);
  }

  public boolean finished(JsonNode line) {
    return any(finished, line);
  }

  /** Which tool calls a line is about; one that begins several names all of them. */
  public List<String> toolIds(JsonNode line) {
    return toolId.stream()
        .map(path -> DottedPath.values(line, path))
        .filter(ids -> !ids.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static boolean any(List<Rule> rules, JsonNode line) {
    return rules.stream().anyMatch(rule -> rule.matches(line));
  }
}
