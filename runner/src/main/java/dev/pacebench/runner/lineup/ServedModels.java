package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models of a lineup and who serves them. */
final class ServedModels {

  private final Map<String, Optional<ServedModel>> models = new LinkedHashMap<>();

  private ServedModels() {}

  /**
   * Reads both sections of a file.
   *
   * @param folder what paths in it count from
   */
  static ServedModels read(Mapping top, Fields fields, Path folder) {
    Map<String, Optional<Provider>> providers = new LinkedHashMap<>();
    ProviderReader providerReader = new ProviderReader(fields, folder);
    section(top, "providers", fields)
        .forEach((name, node) -> providers.put(name, providerReader.read(name, node)));
    ServedModels served = new ServedModels();
    ModelReader modelReader = new ModelReader(fields, providers);
    section(top, "models", fields)
        .forEach((name, node) -> served.models.put(name, modelReader.read(name, node)));
    return served;
  }

  /** The model of that name; one that is wrong itself was reported before and reads as absent. */
  Optional<ServedModel> find(String name, int line, Fields fields) {
    Optional<ServedModel> model = models.get(name);
    if (model == null) {
      fields.problem(
          line,
          "model `" + name + "` is not defined under `models`",
          Nearest.hint(name, models.keySet()));
      return Optional.empty();
    }
    return model;
  }

  /** All that could be read, in file order. */
  Map<String, ServedModel> all() {
    Map<String, ServedModel> all = new LinkedHashMap<>();
    models.forEach((name, model) -> model.ifPresent(found -> all.put(name, found)));
    return all;
  }

  private static Map<String, YamlNode> section(Mapping top, String key, Fields fields) {
    YamlNode node = top.values().get(key);
    return node == null
        ? Map.of()
        : fields.openMapping(node, key).map(Mapping::values).orElse(Map.of());
  }
}
