package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.util.Map;
import java.util.Optional;

/** Reads models: who serves them, what they cost, how they behave when nobody does. */
final class ModelReader {

  private final Fields fields;
  private final Map<String, Optional<Provider>> providers;

  /**
   * @param providers by name; one that is wrong itself was reported before and is absent
   */
  ModelReader(Fields fields, Map<String, Optional<Provider>> providers) {
    this.fields = fields;
    this.providers = providers;
  }

  Optional<ServedModel> read(String name, YamlNode node) {
    String owner = "models." + name;
    Mapping mapping = fields.mapping(node, owner, LineupKeys.MODEL).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> id = fields.required(mapping, owner, "id");
    Optional<Provider> provider = provider(mapping, owner);
    Optional<Price> price = price(mapping, owner);
    Optional<SimulatedTier> tier =
        new SimulatedReader(fields).read(mapping, owner, provider.orElse(null));
    Optional<String> recording = recording(mapping, owner, provider);
    boolean complete =
        provider
            .filter(found -> !found.simulated() || tier.isPresent())
            .filter(found -> !found.replayed() || recording.isPresent())
            .isPresent();
    return complete
        ? id.map(found -> new ServedModel(name, found, provider.get(), price, tier, recording))
        : Optional.empty();
  }

  private Optional<Provider> provider(Mapping mapping, String owner) {
    Optional<String> name = fields.required(mapping, owner, "provider");
    if (name.isPresent() && !providers.containsKey(name.get())) {
      fields.problem(
          lineOf(mapping, "provider"),
          "provider `" + name.get() + "` is not defined under `providers`",
          Nearest.hint(name.get(), providers.keySet()));
    }
    return name.flatMap(found -> providers.getOrDefault(found, Optional.empty()));
  }

  private Optional<Price> price(Mapping mapping, String owner) {
    YamlNode node = mapping.values().get("price");
    Mapping price =
        node == null ? null : fields.mapping(node, owner + ".price", LineupKeys.PRICE).orElse(null);
    if (price == null) {
      return Optional.empty();
    }
    Numbers numbers = new Numbers(fields, price, owner + ".price").require("input", "output");
    Optional<Double> input = numbers.number("input", 0, Price.HIGHEST);
    Optional<Double> output = numbers.number("output", 0, Price.HIGHEST);
    Optional<Double> cached = numbers.number("cached_input", 0, Price.HIGHEST);
    Optional<Double> write = numbers.number("cache_write", 0, Price.HIGHEST);
    // Without a price of their own, cached tokens count in full: a limit rather ends too soon.
    return input.flatMap(
        in -> output.map(out -> new Price(in, cached.orElse(in), write.orElse(in), out)));
  }

  private Optional<String> recording(Mapping mapping, String owner, Optional<Provider> provider) {
    Optional<String> recording = fields.optional(mapping, "recording");
    boolean given = mapping.values().containsKey("recording");
    if (provider.filter(found -> found.replayed() && !given).isPresent()) {
      fields.problem(
          mapping.line(),
          "`" + owner + "` is replayed and has no `recording`",
          "add `recording: RUN`, or the path of a run's folder");
    }
    if (provider.filter(found -> !found.replayed() && given).isPresent()) {
      fields.problem(
          lineOf(mapping, "recording"),
          "`" + owner + ".recording` has no use, since its provider is no replay",
          "remove it, or give the provider `protocol: replay`");
    }
    return recording;
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
