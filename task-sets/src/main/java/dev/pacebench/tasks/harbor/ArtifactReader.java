package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Artifact;
import dev.pacebench.tasks.files.Show;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code artifacts}, whose items are paths or tables. */
final class ArtifactReader {

  private static final String EXPECTED = "a list of paths or tables";

  private ArtifactReader() {}

  static List<Artifact> read(TomlTable top, TaskFile file) {
    List<Artifact> artifacts = new ArrayList<>();
    List<JsonNode> items = top.items("artifacts", EXPECTED);
    for (int i = 0; i < items.size(); i++) {
      String key = "artifacts[" + i + "]";
      if (items.get(i).isString()) {
        source(top, key, items.get(i).asString())
            .map(source -> new Artifact(source, Optional.empty(), List.of()))
            .ifPresent(artifacts::add);
      } else if (items.get(i) instanceof ObjectNode node) {
        table(new TomlTable(file, top.at(key), node)).ifPresent(artifacts::add);
      } else {
        top.wrongType("artifacts", items.get(i), EXPECTED);
      }
    }
    return artifacts;
  }

  static void refuseOtherServices(TomlTable table) {
    table
        .string("service")
        .filter(service -> !service.equals("main"))
        .ifPresent(
            service ->
                table.unsupported(
                    "service",
                    "is \"" + Show.text(service) + "\"",
                    "only what lies in main is collected: let the service write to a volume of both"));
  }

  private static Optional<Artifact> table(TomlTable table) {
    table.expectOnly(KnownKeys.ARTIFACT);
    refuseOtherServices(table);
    List<String> exclude = table.strings("exclude");
    Optional<String> destination = table.text("destination");
    destination.ifPresent(path -> checkDestination(table, path));
    if (!table.has("source")) {
      table.error("source", "is absent", "say which path of the sandbox is kept");
    }
    return table
        .string("source")
        .flatMap(path -> source(table, "source", path))
        .map(source -> new Artifact(source, destination, exclude));
  }

  private static Optional<String> source(TomlTable table, String key, String path) {
    if (path.isBlank() || Values.climbs(path) || Values.hasControls(path)) {
      table.error(
          key,
          "is \"" + Show.text(path) + "\"",
          "the source must be a path of the sandbox without \"..\"");
      return Optional.empty();
    }
    return Optional.of(path);
  }

  private static void checkDestination(TomlTable table, String path) {
    if (path.startsWith("/") || Values.climbs(path) || Values.hasControls(path)) {
      table.error(
          "destination",
          "is \"" + Show.text(path) + "\"",
          "it must be a relative path without \"..\" below the artifacts folder");
    } else if (path.equals("manifest.json") || path.equals("./manifest.json")) {
      table.error("destination", "is manifest.json, which Harbor writes itself", "choose another");
    }
  }
}
