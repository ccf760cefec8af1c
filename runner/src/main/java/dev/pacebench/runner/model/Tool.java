package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

/**
 * A function that a model may call.
 *
 * @param name as the model calls it
 * @param description what it is told about it
 * @param parameters JSON Schema of its arguments, as JSON text
 */
public record Tool(String name, String description, String parameters) {
  public Tool {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(parameters, "parameters is null");
  }
}
