package dev.pacebench.runner.gateway.proxy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.KeyRing;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.Rewriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Where a door's calls go and how they are changed on the way.
 *
 * @param protocols what may be spoken; all other paths are shut
 * @param baseUrl as lineups write it, without a protocol's own path
 * @param headers further headers, such as an account's; names in lower case
 * @param keys the credential
 * @param rewriter sets what the tier asks for
 * @param retries whether failed attempts are tried again here
 * @param connectDelay added to each connection, for simulated tiers; zero for others
 * @param idle longest silence of a provider
 */
public record Upstream(
    Set<Protocol> protocols,
    URI baseUrl,
    Map<String, String> headers,
    KeyRing keys,
    Rewriter rewriter,
    RetryRule retries,
    Duration connectDelay,
    Duration idle) {

  public Upstream {
    protocols = Set.copyOf(protocols);
    requireNonNull(baseUrl, "baseUrl is null");
    headers = Map.copyOf(headers);
    requireNonNull(keys, "keys is null");
    requireNonNull(rewriter, "rewriter is null");
    requireNonNull(retries, "retries is null");
  }
}
