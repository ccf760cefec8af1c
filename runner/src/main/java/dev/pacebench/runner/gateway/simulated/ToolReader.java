package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds tools that run shell commands among those that a request offers, in every protocol. */
final class ToolReader {

  /** Deeper groups of tools are not looked into. */
  private static final int DEPTH = 4;

  private ToolReader() {}

  static Optional<ShellTool> shell(JsonNode tools) {
    List<ShellTool> found = new ArrayList<>();
    collect(tools, null, DEPTH, found);
    return ShellTool.best(found);
  }

  private static void collect(
      JsonNode tools, @Nullable String namespace, int depth, List<ShellTool> found) {
    if (depth == 0) {
      return;
    }
    for (JsonNode tool : tools) {
      String type = tool.path("type").asString("");
      // Chat Completions keeps name and parameters one level deeper.
      JsonNode body = tool.has("function") ? tool.path("function") : tool;
      String name = body.path("name").asString("");
      if (tool.path("tools").isArray()) {
        collect(tool.path("tools"), name, depth - 1, found);
      } else if (type.equals("local_shell")) {
        found.add(new ShellTool(type, namespace, true, "command", true, Map.of()));
      } else if (type.startsWith("bash_")) {
        found.add(new ShellTool(name, namespace, false, "command", false, Map.of()));
      } else if (!type.equals("custom") || body.has("input_schema")) {
        JsonNode schema =
            body.has("parameters") ? body.path("parameters") : body.path("input_schema");
        function(name, namespace, schema).ifPresent(found::add);
      }
    }
  }

  private static Optional<ShellTool> function(
      String name, @Nullable String namespace, JsonNode schema) {
    JsonNode properties = schema.path("properties");
    for (String field : ShellTool.FIELDS) {
      JsonNode taken = properties.path(field);
      boolean list = is(taken, "array");
      if (!name.isEmpty() && (list || is(taken, "string"))) {
        Map<String, String> others = new HashMap<>();
        for (JsonNode required : schema.path("required")) {
          String other = required.asString("");
          if (!other.isEmpty() && !other.equals(field)) {
            others.put(other, value(other, properties.path(other)));
          }
        }
        return Optional.of(new ShellTool(name, namespace, false, field, list, others));
      }
    }
    return Optional.empty();
  }

  /** One protocol writes the names of types in capitals. */
  private static boolean is(JsonNode schema, String type) {
    JsonNode stated = schema.path("type");
    if (stated.isArray()) {
      for (JsonNode one : stated) {
        if (one.asString("").equalsIgnoreCase(type)) {
          return true;
        }
      }
    }
    return stated.asString("").equalsIgnoreCase(type);
  }

  /** Something that fits an argument that has nothing to do with the command. */
  private static String value(String name, JsonNode schema) {
    for (String given : List.of("const", "default")) {
      if (schema.has(given)) {
        return schema.path(given).toString();
      }
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0).toString();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (is(schema, "boolean")) {
      return "false";
    }
    if (is(schema, "integer") || is(schema, "number")) {
      String bound = lower.endsWith("ms") ? "120000" : lower.contains("timeout") ? "120" : "1";
      return schema.path("minimum").isNumber() ? schema.path("minimum").toString() : bound;
    }
    if (is(schema, "array")) {
      return "[]";
    }
    if (is(schema, "object")) {
      return "{}";
    }
    boolean place = lower.contains("dir") || lower.contains("cwd") || lower.contains("path");
    return JsonText.quote(place ? "." : "Runs one command of the scripted work");
  }
}
