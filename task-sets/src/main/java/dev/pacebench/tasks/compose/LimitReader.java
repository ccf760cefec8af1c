package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads how much of the machine a service may have, in either spelling. */
final class LimitReader {

  private final Report report;
  private OptionalDouble cpus = OptionalDouble.empty();
  private OptionalLong memory = OptionalLong.empty();

  LimitReader(Report report) {
    this.report = report;
  }

  OptionalDouble cpus() {
    return cpus;
  }

  OptionalLong memory() {
    return memory;
  }

  /** Reads a field of the service if it is about limits. */
  boolean takes(String key, YamlNode value) {
    switch (key) {
      case "cpus" -> cpus = report.text(key, value).map(it -> cpus(it, value)).orElse(cpus);
      case "mem_limit" ->
          memory = report.text(key, value).map(it -> memory(it, value)).orElse(memory);
      case "deploy" -> deploy(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void deploy(YamlNode value) {
    Optional<Mapping> resources = inner(value, "resources", "deploy.");
    Optional<Mapping> limits =
        resources.flatMap(it -> inner(it, "limits", "deploy.resources.", "reservations"));
    if (limits.isEmpty()) {
      return;
    }
    for (Map.Entry<String, YamlNode> limit : limits.get().values().entrySet()) {
      String field = "deploy.resources.limits." + limit.getKey();
      YamlNode at = limit.getValue();
      switch (limit.getKey()) {
        case "cpus" -> cpus = report.text(field, at).map(it -> cpus(it, at)).orElse(cpus);
        case "memory" -> memory = report.text(field, at).map(it -> memory(it, at)).orElse(memory);
        default -> report.inVain(field, at.line());
      }
    }
  }

  private Optional<Mapping> inner(YamlNode value, String key, String path, String... others) {
    if (!(value instanceof Mapping mapping)) {
      report.error(
          value.line(), path.replaceAll("\\.$", ""), "is " + value.kind(), "write a mapping");
      return Optional.empty();
    }
    mapping
        .values()
        .forEach(
            (name, each) -> {
              if (!name.equals(key) && !List.of(others).contains(name)) {
                report.inVain(path + name, each.line());
              }
            });
    return mapping
        .get(key)
        .flatMap(it -> it instanceof Mapping m ? Optional.of(m) : Optional.empty());
  }

  private OptionalDouble cpus(String text, YamlNode at) {
    if (text.matches("\\d{1,4}(\\.\\d{1,6})?") && Double.parseDouble(text) >= 0.01) {
      return OptionalDouble.of(Double.parseDouble(text));
    }
    report.error(at.line(), "cpus", "is \"" + Show.text(text) + "\"", "write a number such as 1.5");
    return OptionalDouble.empty();
  }

  private OptionalLong memory(String text, YamlNode at) {
    OptionalLong bytes = Sizes.bytes(text);
    if (bytes.isEmpty() || bytes.getAsLong() < 4 << 20) {
      report.error(
          at.line(), "memory", "is \"" + Show.text(text) + "\"", "write a size such as 2G");
      return OptionalLong.empty();
    }
    return bytes;
  }
}
