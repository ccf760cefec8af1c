package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads how a contender's model is to be served.
 *
 * <p>Providers invent words for tiers faster than a list here could follow, so those are checked
 * for their shape alone; what contradicts the protocol is refused.
 */
final class TierReader {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");
  private static final long MOST_OUTPUT = 10_000_000;

  private final Fields fields;

  TierReader(Fields fields) {
    this.fields = fields;
  }

  /**
   * The tier's fields by name.
   *
   * @param model absent when the contender has none or it is wrong itself
   */
  Map<String, String> read(Mapping contender, String owner, Optional<ServedModel> model) {
    YamlNode node = contender.values().get("tier");
    String name = owner + ": tier";
    Mapping mapping =
        node == null ? null : fields.mapping(node, name, LineupKeys.TIER).orElse(null);
    if (mapping == null) {
      return Map.of();
    }
    Map<String, String> tier = new TreeMap<>();
    for (String key : LineupKeys.TIER) {
      value(mapping, name, key).ifPresent(text -> tier.put(key, text));
    }
    model.ifPresent(found -> checkAgainst(found.provider(), tier, mapping, name));
    return tier;
  }

  private Optional<String> value(Mapping mapping, String name, String key) {
    return switch (key) {
      case "max_output_tokens" ->
          new Numbers(fields, mapping, name).whole(key, 1, MOST_OUTPUT).map(String::valueOf);
      case "transport" -> choice(mapping, name, key, LineupKeys.TRANSPORTS);
      case "protocol" -> choice(mapping, name, key, LineupKeys.REMOTE_PROTOCOLS);
      default -> word(mapping, name, key);
    };
  }

  private Optional<String> choice(Mapping mapping, String name, String key, List<String> choices) {
    Optional<String> text = fields.optional(mapping, key);
    if (text.isPresent() && !choices.contains(text.get())) {
      fields.problem(
          lineOf(mapping, key),
          "`" + name + "." + key + "` is `" + text.get() + "`",
          Nearest.hint(text.get(), choices));
      return Optional.empty();
    }
    return text;
  }

  private Optional<String> word(Mapping mapping, String name, String key) {
    Optional<String> text = fields.optional(mapping, key);
    if (text.isPresent() && !WORD.matcher(text.get()).matches()) {
      fields.problem(
          lineOf(mapping, key),
          "`" + name + "." + key + "` must be one word",
          "write the word that the provider uses");
      return Optional.empty();
    }
    return text;
  }

  private void checkAgainst(
      Provider provider, Map<String, String> tier, Mapping mapping, String name) {
    String asked = tier.get("protocol");
    if (provider.remote() && asked != null && !asked.equals(provider.protocol())) {
      fields.problem(
          lineOf(mapping, "protocol"),
          "`" + name + ".protocol` is `" + asked + "`, its provider speaks " + provider.protocol(),
          "remove it");
      return;
    }
    ServingTier serving = ServingTier.of(tier, provider);
    boolean responses = serving.protocol().equals(LineupKeys.RESPONSES);
    if (serving.transport().equals(LineupKeys.WEBSOCKET) && !responses) {
      fields.problem(
          lineOf(mapping, "transport"),
          "`" + name + ".transport` is websocket, which " + serving.protocol() + " does not have",
          "write `transport: sse`, or use " + LineupKeys.RESPONSES);
    }
    if (serving.speed().isPresent() && !serving.protocol().equals(LineupKeys.MESSAGES)) {
      fields.problem(
          lineOf(mapping, "speed"),
          "`" + name + ".speed` is a field that " + serving.protocol() + " does not have",
          "use `service_tier`");
    }
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
