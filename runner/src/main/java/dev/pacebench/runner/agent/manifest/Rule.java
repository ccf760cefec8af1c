package dev.pacebench.runner.agent.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a line of a program's output looks like when it says one certain thing.
 *
 * @param fields values by dotted path; all of them must be there
 */
public record Rule(Map<String, String> fields) {

  public Rule {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a rule names no field");
    }
  }

  /** Whether a line is of this kind. */
  public boolean matches(JsonNode line) {
    return fields.entrySet().stream()
        .allMatch(field -> DottedPath.values(line, field.getKey()).contains(field.getValue()));
  }
}
