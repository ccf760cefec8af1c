package dev.pacebench.runner.lineup;

import dev.pacebench.runner.lineup.YamlNode.Mapping;
import dev.pacebench.runner.lineup.YamlNode.Scalar;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models of a lineup and who serves them. */
final class ServedModels {

  /**
   * A model as it is asked for.
   *
   * @param id what the provider calls it
   * @param baseUrl where it is served, empty for what needs no network
   */
  record Served(String id, String protocol, String baseUrl) {
    boolean simulated() {
      return protocol.equals(LineupKeys.SIMULATED);
    }
  }

  private record Provider(String protocol, String baseUrl) {}

  private final Map<String, Optional<Served>> models = new LinkedHashMap<>();

  private ServedModels() {}

  static ServedModels read(Mapping top, Fields fields) {
    ServedModels served = new ServedModels();
    Map<String, Optional<Provider>> providers = new LinkedHashMap<>();
    section(top, "providers", fields)
        .forEach((name, node) -> providers.put(name, provider(name, node, fields)));
    section(top, "models", fields)
        .forEach((name, node) -> served.models.put(name, model(name, node, providers, fields)));
    return served;
  }

  /** The model of that name; one that is wrong itself was reported before and reads as absent. */
  Optional<Served> find(String name, int line, Fields fields) {
    Optional<Served> model = models.get(name);
    if (model == null) {
      fields.problem(
          line,
          "model `" + name + "` is not defined under `models`",
          Nearest.hint(name, models.keySet()));
      return Optional.empty();
    }
    return model;
  }

  private static Map<String, YamlNode> section(Mapping top, String key, Fields fields) {
    YamlNode node = top.values().get(key);
    return node == null
        ? Map.of()
        : fields.openMapping(node, key).map(Mapping::values).orElse(Map.of());
  }

  private static Optional<Provider> provider(String name, YamlNode node, Fields fields) {
    String owner = "providers." + name;
    Mapping mapping = fields.mapping(node, owner, LineupKeys.PROVIDER).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> protocol = fields.required(mapping, owner, "protocol");
    Optional<String> url = fields.optional(mapping, "base_url");
    int line = mapping.keyLines().getOrDefault("protocol", mapping.line());
    if (protocol.isPresent() && !LineupKeys.PROTOCOLS.contains(protocol.get())) {
      fields.problem(
          line,
          "unknown protocol `" + protocol.get() + "`",
          Nearest.hint(protocol.get(), LineupKeys.PROTOCOLS));
      return Optional.empty();
    }
    boolean remote = protocol.map(LineupKeys.REMOTE_PROTOCOLS::contains).orElse(false);
    if (remote && !mapping.values().containsKey("base_url")) {
      fields.problem(
          line, "`" + owner + "` has no `base_url`", "add the address that the server answers at");
    }
    url.filter(found -> !isWebAddress(found))
        .ifPresent(
            found ->
                fields.problem(
                    mapping.keyLines().getOrDefault("base_url", line),
                    "`base_url` is `" + found + "`, which is no web address without a password",
                    "write http:// or https:// with a host; keys belong under `credential`"));
    Optional.ofNullable(mapping.values().get("credential"))
        .ifPresent(credential -> checkCredential(owner, credential, fields));
    return protocol.map(found -> new Provider(found, url.orElse("")));
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return List.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkCredential(String owner, YamlNode node, Fields fields) {
    String name = owner + ".credential";
    if (node instanceof Scalar scalar && !scalar.isNothing()) {
      // The value may be a key, so it is not repeated.
      fields.problem(
          node.line(),
          "`" + name + "` must say where the key is, not be the key",
          "write `credential: {env: NAME}`, {file: PATH} or {command: [PROGRAM, ARGUMENT]}");
      return;
    }
    fields
        .mapping(node, name, LineupKeys.CREDENTIAL)
        .ifPresent(
            mapping -> {
              if (mapping.values().size() != 1) {
                fields.problem(
                    mapping.line(),
                    "`" + name + "` must have exactly one source",
                    "keep env, file or command");
              }
              fields.optional(mapping, "env");
              fields.optional(mapping, "file");
              YamlNode command = mapping.values().get("command");
              if (command instanceof Scalar) {
                fields.text(command, name + ".command");
              } else if (command != null) {
                fields.textList(command, name + ".command");
              }
            });
  }

  private static Optional<Served> model(
      String name, YamlNode node, Map<String, Optional<Provider>> providers, Fields fields) {
    String owner = "models." + name;
    Mapping mapping = fields.mapping(node, owner, LineupKeys.MODEL).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> id = fields.required(mapping, owner, "id");
    Optional<String> providerName = fields.required(mapping, owner, "provider");
    Optional.ofNullable(mapping.values().get("price"))
        .ifPresent(price -> checkPrice(owner, price, fields));
    if (providerName.isPresent() && !providers.containsKey(providerName.get())) {
      fields.problem(
          mapping.keyLines().getOrDefault("provider", mapping.line()),
          "provider `" + providerName.get() + "` is not defined under `providers`",
          Nearest.hint(providerName.get(), providers.keySet()));
      return Optional.empty();
    }
    Optional<Provider> provider =
        providerName.flatMap(found -> providers.getOrDefault(found, Optional.empty()));
    return id.flatMap(
        found -> provider.map(from -> new Served(found, from.protocol(), from.baseUrl())));
  }

  private static void checkPrice(String owner, YamlNode node, Fields fields) {
    fields
        .mapping(node, owner + ".price", LineupKeys.PRICE)
        .ifPresent(
            mapping ->
                mapping
                    .values()
                    .forEach(
                        (key, value) -> {
                          boolean fine =
                              value instanceof Scalar scalar
                                  && scalar.kind().equals(Scalar.NUMBER)
                                  && !scalar.text().startsWith("-");
                          if (!fine) {
                            fields.problem(
                                value.line(),
                                "`" + owner + ".price." + key + "` must be a number of at least 0",
                                "write the price of a million tokens");
                          }
                        }));
  }
}
