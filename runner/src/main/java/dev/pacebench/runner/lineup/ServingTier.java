package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * How a contender's model is served, with what the lineup left open filled in.
 *
 * @param protocol what is spoken: a word of {@code LineupKeys.REMOTE_PROTOCOLS}
 * @param transport how answers travel: {@code sse} or {@code websocket}
 * @param serviceTier asked of the provider
 * @param speed asked of the provider
 * @param effort of reasoning, asked of the provider
 * @param maxOutputTokens of one answer
 */
public record ServingTier(
    String protocol,
    String transport,
    Optional<String> serviceTier,
    Optional<String> speed,
    Optional<String> effort,
    Optional<Integer> maxOutputTokens) {

  public ServingTier {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(transport, "transport is null");
  }

  /** The tier of a contender that uses this model. */
  public static ServingTier of(Contender contender, ServedModel model) {
    return of(contender.tier(), model.provider());
  }

  static ServingTier of(Map<String, String> tier, Provider provider) {
    return new ServingTier(
        tier.getOrDefault(
            "protocol", provider.remote() ? provider.protocol() : LineupKeys.RESPONSES),
        tier.getOrDefault("transport", LineupKeys.SSE),
        Optional.ofNullable(tier.get("service_tier")),
        Optional.ofNullable(tier.get("speed")),
        Optional.ofNullable(tier.get("effort")),
        Optional.ofNullable(tier.get("max_output_tokens")).map(Integer::valueOf));
  }
}
