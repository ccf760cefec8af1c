package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who serves models.
 *
 * @param name within its lineup
 * @param protocol a word of {@code LineupKeys.PROTOCOLS}
 * @param baseUrl where it answers; empty for what needs no network
 * @param credential where its key is
 * @param headers further headers with values that are no secrets, names in lower case
 * @param secretHeaders further headers whose values are found like a key, such as an account's id
 */
public record Provider(
    String name,
    String protocol,
    String baseUrl,
    Optional<Credential> credential,
    Map<String, String> headers,
    Map<String, Credential> secretHeaders) {

  public Provider {
    requireNonNull(name, "name is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(credential, "credential is null");
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    secretHeaders = Collections.unmodifiableMap(new TreeMap<>(secretHeaders));
  }

  /** Whether its answers are made up here. */
  public boolean simulated() {
    return protocol.equals(LineupKeys.SIMULATED);
  }

  /** Whether its answers were recorded earlier. */
  public boolean replayed() {
    return protocol.equals(LineupKeys.REPLAY);
  }

  /** Whether a server answers. */
  public boolean remote() {
    return !simulated() && !replayed();
  }
}
