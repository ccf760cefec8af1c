package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads who serves models. */
final class ProviderReader {

  private final Fields fields;
  private final CredentialReader credentials;

  ProviderReader(Fields fields, Path folder) {
    this.fields = fields;
    this.credentials = new CredentialReader(fields, folder);
  }

  Optional<Provider> read(String name, YamlNode node) {
    String owner = "providers." + name;
    Mapping mapping = fields.mapping(node, owner, LineupKeys.PROVIDER).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> protocol = fields.required(mapping, owner, "protocol");
    Optional<String> url = address(mapping);
    Optional<Credential> credential =
        Optional.ofNullable(mapping.values().get("credential"))
            .flatMap(
                found -> credentials.read(found, owner + ".credential", LineupKeys.CREDENTIAL));
    HeaderReader headers = new HeaderReader(fields, credentials).read(mapping, owner);
    if (protocol.isEmpty() || !isKnown(mapping, protocol.get())) {
      return Optional.empty();
    }
    Provider provider =
        new Provider(
            name, protocol.get(), url.orElse(""), credential, headers.plain(), headers.secret());
    if (provider.remote()) {
      needAddress(mapping, owner);
    } else {
      refuseServerKeys(mapping, owner, protocol.get());
    }
    return Optional.of(provider);
  }

  private boolean isKnown(Mapping mapping, String protocol) {
    if (!LineupKeys.PROTOCOLS.contains(protocol)) {
      fields.problem(
          lineOf(mapping, "protocol"),
          "unknown protocol `" + protocol + "`",
          Nearest.hint(protocol, LineupKeys.PROTOCOLS));
      return false;
    }
    return true;
  }

  private void needAddress(Mapping mapping, String owner) {
    if (!mapping.values().containsKey("base_url")) {
      fields.problem(
          mapping.line(),
          "`" + owner + "` has no `base_url`",
          "add the address of its server, such as `base_url: https://HOST/v1`");
    }
  }

  /** A key that silently does nothing would tell its reader something untrue. */
  private void refuseServerKeys(Mapping mapping, String owner, String protocol) {
    for (String key : List.of("base_url", "credential", "headers")) {
      if (mapping.values().containsKey(key)) {
        fields.problem(
            lineOf(mapping, key),
            "`" + owner + "." + key + "` has no use, since `" + protocol + "` calls no server",
            "remove it");
      }
    }
  }

  private Optional<String> address(Mapping mapping) {
    Optional<String> url = fields.optional(mapping, "base_url");
    if (url.isPresent() && !isWebAddress(url.get())) {
      // A password or a key may stand in it, so it is not repeated.
      fields.problem(
          lineOf(mapping, "base_url"),
          "`base_url` is no web address without a password, query and fragment",
          "write http:// or https:// with a host and a path; keys belong under `credential`");
      return Optional.empty();
    }
    return url;
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return List.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
