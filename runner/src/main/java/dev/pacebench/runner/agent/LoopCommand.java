package dev.pacebench.runner.agent;

import dev.pacebench.runner.model.ToolCall;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model wants run.
 *
 * @param script shell source
 * @param timeout as asked for, or the usual one
 */
record LoopCommand(String script, Duration timeout) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final int LONGEST = 1 << 20;

  /** A call that cannot be run; the message tells the model why. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Reads a tool call. */
  static LoopCommand of(ToolCall call) throws Unreadable {
    if (!call.name().equals(LoopPrompt.SHELL.name())) {
      throw new Unreadable("there is no tool of that name; the only tool is shell");
    }
    JsonNode arguments = arguments(call);
    JsonNode command = arguments.path("command");
    if (!command.isString() || command.stringValue().isBlank()) {
      throw new Unreadable("the arguments need a field command with shell source as a string");
    }
    String script = command.stringValue();
    if (script.indexOf('\0') >= 0) {
      throw new Unreadable("a command cannot hold a NUL character");
    }
    if (script.length() > LONGEST) {
      throw new Unreadable(
          "the command has more than " + LONGEST + " characters; write the file in parts");
    }
    return new LoopCommand(script, timeout(arguments.path("timeout_seconds")));
  }

  private static JsonNode arguments(ToolCall call) throws Unreadable {
    JsonNode arguments;
    try {
      arguments = JSON.readTree(call.arguments());
    } catch (JacksonException e) {
      throw new Unreadable("the arguments are no JSON: " + e.getOriginalMessage());
    }
    if (!arguments.isObject()) {
      throw new Unreadable("the arguments must be a JSON object such as {\"command\": \"ls\"}");
    }
    return arguments;
  }

  private static Duration timeout(JsonNode seconds) throws Unreadable {
    if (seconds.isMissingNode() || seconds.isNull()) {
      return USUAL;
    }
    if (!seconds.isNumber() || !(seconds.doubleValue() >= 1)) {
      throw new Unreadable("timeout_seconds must be a whole number from 1 on");
    }
    return Duration.ofSeconds((long) Math.min(seconds.doubleValue(), 1e6));
  }
}
