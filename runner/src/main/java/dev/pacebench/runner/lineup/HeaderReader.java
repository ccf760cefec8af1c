package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a provider's further headers.
 *
 * <p>What looks like a key and stands there in plain is refused without being repeated: lineups are
 * shared, and the gateway hides only what it knows to be secret.
 */
final class HeaderReader {

  private static final int MOST = 50;
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,4000}");

  /** What the gateway sets itself, or must not pass on. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "accept-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "expect",
          "te",
          "trailer");

  private static final List<String> OWN_FAMILIES = List.of("sec-websocket-", "proxy-");

  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(auth|cookie|key|token|secret|passw|credential|signature).*");
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)((bearer|basic|token)\\s.*|(sk|pk|csk|gsk|xai|ghp|gho|glpat|hf|nvapi|r8)[-_].{8,}"
              + "|aiza.{20,}|eyj.{20,}|akia.{12,})");

  /** Long words that mix digits with both cases are keys far more often than anything else. */
  private static final Pattern LONG_MIX =
      Pattern.compile("(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/=_-]{32,}");

  private final Fields fields;
  private final CredentialReader credentials;
  private final Map<String, String> plain = new TreeMap<>();
  private final Map<String, Credential> secret = new TreeMap<>();

  HeaderReader(Fields fields, CredentialReader credentials) {
    this.fields = fields;
    this.credentials = credentials;
  }

  /** Headers with values that are no secrets, names in lower case. */
  Map<String, String> plain() {
    return plain;
  }

  /** Headers whose values are found elsewhere, names in lower case. */
  Map<String, Credential> secret() {
    return secret;
  }

  HeaderReader read(Mapping provider, String owner) {
    YamlNode node = provider.values().get("headers");
    if (node == null) {
      return this;
    }
    Mapping mapping = fields.openMapping(node, owner + ".headers").orElse(null);
    if (mapping == null) {
      return this;
    }
    if (mapping.values().size() > MOST) {
      fields.problem(
          mapping.line(), "`" + owner + ".headers` has more than " + MOST, "keep those in need");
      return this;
    }
    mapping
        .values()
        .forEach((name, value) -> header(name, value, owner + ".headers", mapping.lineOf(name)));
    return this;
  }

  private void header(String written, YamlNode value, String owner, int line) {
    String name = written.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      fields.problem(
          line, "`" + owner + "` has a name that no header can have", "use letters, digits and -");
      return;
    }
    if (OWN.contains(name) || OWN_FAMILIES.stream().anyMatch(name::startsWith)) {
      fields.problem(
          line, "`" + owner + "." + name + "` is set by the gateway itself", "remove it");
      return;
    }
    if (plain.containsKey(name) || secret.containsKey(name)) {
      fields.problem(
          line, "`" + owner + "." + name + "` stands there twice", "keep one of the two");
      return;
    }
    if (!(value instanceof Scalar scalar) || scalar.isNothing()) {
      credentials
          .read(value, owner + "." + name, LineupKeys.SECRET_HEADER)
          .ifPresent(found -> secret.put(name, found));
    } else if (looksSecret(name, scalar.text())) {
      fields.problem(
          line,
          "`" + owner + "." + name + "` looks like a key in plain",
          "write `" + name + ": {env: NAME}`, {file: PATH} or {command: [PROGRAM, ARGUMENT]}");
    } else if (!VALUE.matcher(scalar.text()).matches() || scalar.text().isBlank()) {
      fields.problem(
          value.line(),
          "`" + owner + "." + name + "` has a value that no header can have",
          "write one line of plain characters");
    } else {
      plain.put(name, scalar.text().strip());
    }
  }

  private static boolean looksSecret(String name, String value) {
    return SECRET_NAME.matcher(name).matches()
        || SECRET_VALUE.matcher(value.strip()).matches()
        || LONG_MIX.matcher(value.strip()).matches();
  }
}
