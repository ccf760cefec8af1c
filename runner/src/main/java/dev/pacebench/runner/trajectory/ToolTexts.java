package dev.pacebench.runner.trajectory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a tool was told to run, and what came of it, read from texts that agents differ in. */
public final class ToolTexts {

  private static final List<String> FIELDS =
      List.of("command", "cmd", "script", "commands", "code");

  /** How agents tell a model a command's exit code, within the first words of a result. */
  private static final Pattern EXIT =
      Pattern.compile(
          "(?i)(?:exit(?:ed)?[ _]?(?:code|status|with(?: code)?)|<returncode>|\"exit_code\")"
              + "\\s*[:=]?\\s*(?:code\\s+)?(-?\\d{1,4})\\b");

  private static final int GLANCE = 400;

  private ToolTexts() {}

  /** The shell source among a tool's arguments; empty when it runs none. */
  public static Optional<String> command(JsonNode arguments) {
    for (String field : FIELDS) {
      JsonNode value = arguments.path(field);
      if (value.isString() && !value.stringValue().isBlank()) {
        return Optional.of(value.stringValue());
      }
      if (value.isArray() && !value.isEmpty()) {
        return Optional.of(joined(value));
      }
    }
    JsonNode action = arguments.path("action");
    return action.isObject() ? command(action) : nested(arguments);
  }

  /** The local shell of one protocol keeps its words a level deeper. */
  private static Optional<String> nested(JsonNode arguments) {
    JsonNode words = arguments.path("exec").path("command");
    return words.isArray() && !words.isEmpty() ? Optional.of(joined(words)) : Optional.empty();
  }

  private static String joined(JsonNode words) {
    JsonNode last = words.get(words.size() - 1);
    boolean shell = words.size() >= 3 && words.get(1).asString("").matches("-[a-z]*c");
    if (shell && last != null) {
      return last.asString("");
    }
    StringBuilder all = new StringBuilder();
    words.forEach(word -> all.append(all.isEmpty() ? "" : " ").append(word.asString("")));
    return all.toString();
  }

  /** The exit code that a result tells of. */
  public static OptionalInt exitCode(String result) {
    Matcher found = EXIT.matcher(result.substring(0, Math.min(GLANCE, result.length())));
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }
}
