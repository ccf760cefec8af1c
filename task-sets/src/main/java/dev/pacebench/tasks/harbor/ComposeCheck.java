package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Decides whether a task with a compose file can do without it.
 *
 * <p>It can when the file only says for the one service {@code main} what Pacebench does anyway:
 * how to build and keep it, its limits, and the log folders. Anything else would change the task
 * silently, so it is refused.
 */
final class ComposeCheck {

  private static final Set<String> HARMLESS =
      Set.of(
          "build",
          "image",
          "pull_policy",
          "command",
          "container_name",
          "deploy",
          "expose",
          "init",
          "stdin_open",
          "tty",
          "volumes");
  private static final YAMLMapper YAML = new YAMLMapper();

  private final TomlTable table;

  ComposeCheck(TomlTable table) {
    this.table = table;
  }

  void run(Path file) {
    String shown = Show.path(file);
    JsonNode services;
    try {
      if (Files.size(file) > Limits.MOST_FILE_BYTES) {
        table.report(Problem.error(shown, "is larger than 1 MB", "shorten it"));
        return;
      }
      services = YAML.readTree(Files.readAllBytes(file)).path("services");
    } catch (IOException | JacksonException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      table.report(
          Problem.error(shown, "is not valid YAML: " + Show.text(reason), "correct or remove it"));
      return;
    }
    Set<String> needed = new TreeSet<>();
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      if (!service.getKey().equals("main")) {
        needed.add("services." + service.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> key : services.path("main").properties()) {
      if (!HARMLESS.contains(key.getKey()) || changes(key.getKey(), key.getValue())) {
        needed.add("services.main." + key.getKey());
      }
    }
    if (needed.isEmpty()) {
      table.report(
          Problem.warning(
              shown, "is not used", "nothing to do: the Dockerfile or image says the same"));
    } else {
      table.report(
          Problem.error(
              shown,
              "asks for " + String.join(", ", needed) + ", and compose files cannot be run yet",
              "put what the task needs into the Dockerfile and [environment]"));
    }
  }

  private static boolean changes(String key, JsonNode value) {
    return switch (key) {
      case "build" -> !(value.isString() || keys(value).equals(Set.of("context")));
      case "command" -> !value.toString().contains("sleep");
      case "volumes" -> !logFoldersOnly(value);
      default -> false;
    };
  }

  private static Set<String> keys(JsonNode value) {
    Set<String> keys = new TreeSet<>();
    value.properties().forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static boolean logFoldersOnly(JsonNode volumes) {
    for (JsonNode volume : volumes) {
      String text = volume.isString() ? volume.asString() : "";
      if (!text.contains("_LOGS_PATH}") && !text.contains("_ARTIFACTS_PATH}")) {
        return false;
      }
    }
    return volumes.isArray();
  }
}
