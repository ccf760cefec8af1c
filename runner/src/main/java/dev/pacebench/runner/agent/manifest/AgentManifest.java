package dev.pacebench.runner.agent.manifest;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An agent's command-line program as a file describes it.
 *
 * <p>Names in braces stand only for what {@link Placeholder} and the settings know.
 *
 * @param name as lineups name it
 * @param version of the program, exact
 * @param about for people
 * @param speaks transports by protocol, the preferred one first
 * @param env variables of the command
 * @param files texts by path, written into the sandbox before the agent phase
 * @param command shell text; values are filled in as words
 * @param versionCommand shell text that prints the version
 * @param versionShows what its output must hold
 * @param retriesItself whether it tries failed calls again, so that the gateway must not
 * @param settings what a lineup may set
 */
public record AgentManifest(
    String name,
    String version,
    String about,
    Provide provide,
    Map<Protocol, List<Transport>> speaks,
    Map<String, Template> env,
    Map<Template, Template> files,
    Template command,
    Optional<Template> versionCommand,
    String versionShows,
    Output output,
    boolean retriesItself,
    Map<String, Setting> settings) {

  private static final int SHOWN_DIGITS = 8;

  public AgentManifest {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(about, "about is null");
    requireNonNull(provide, "provide is null");
    requireNonNull(command, "command is null");
    requireNonNull(versionCommand, "versionCommand is null");
    requireNonNull(versionShows, "versionShows is null");
    requireNonNull(output, "output is null");
    Map<Protocol, List<Transport>> spoken = new EnumMap<>(Protocol.class);
    speaks.forEach((protocol, transports) -> spoken.put(protocol, List.copyOf(transports)));
    speaks = Collections.unmodifiableMap(spoken);
    env = Collections.unmodifiableMap(new TreeMap<>(env));
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** SHA-256 over all that could change what the agent does; not over what is said about it. */
  public String digest() {
    return ManifestDigest.of(this);
  }

  /** SHA-256 over what is installed for it; other parts may change without installing it again. */
  public String provideDigest() {
    return ManifestDigest.of(provide);
  }

  /** The start of the digest, for names. */
  public String shortDigest() {
    return digest().substring(0, SHOWN_DIGITS);
  }

  /** The version as it goes into contenders' digests. */
  public String agentVersion() {
    return version + "+" + shortDigest();
  }

  /** Values of all settings: a lineup's, and the defaults of what it does not name. */
  public Map<String, String> settings(Map<String, String> ofLineup) {
    Map<String, String> values = new TreeMap<>();
    settings.forEach(
        (setting, known) -> values.put(setting, ofLineup.getOrDefault(setting, known.byDefault())));
    return values;
  }
}
