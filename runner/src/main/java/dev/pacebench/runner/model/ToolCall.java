package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

/**
 * A model's wish to have a tool run.
 *
 * @param id joins the call and its result
 * @param name of the tool; a model may make one up
 * @param arguments as the model wrote them: meant to be a JSON object, unchecked
 */
public record ToolCall(String id, String name, String arguments) {
  public ToolCall {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(arguments, "arguments is null");
  }
}
