package dev.pacebench.runner.lineup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identifies a contender by all that could change what it does.
 *
 * <p>Its display name, where its key comes from, further headers, what it costs (unless a limit of
 * money makes that decide when it ends) and how fast its calls may follow each other are left out.
 * What a lineup leaves to the default counts as the default. The digest is SHA-256 over JSON with
 * sorted keys and no blanks; a part that is absent adds no key, so that digests outlive new kinds
 * of parts.
 */
final class ContenderDigest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private ContenderDigest() {}

  static String of(
      String agent,
      String agentVersion,
      Optional<ServedModel> model,
      Map<String, String> tier,
      Map<String, String> settings,
      ContenderLimits limits) {
    Map<String, String> asked = new TreeMap<>(tier);
    Map<String, Object> parts = new TreeMap<>();
    parts.put("agent", agent);
    parts.put("agent_version", agentVersion);
    parts.put("settings", new TreeMap<>(settings));
    parts.put("limit_ms", limits.time().map(Duration::toMillis).orElse(-1L));
    limits.steps().ifPresent(steps -> parts.put("limit_steps", steps));
    limits.tokens().ifPresent(tokens -> parts.put("limit_tokens", tokens));
    limits.cost().ifPresent(cost -> parts.put("limit_cost", cost));
    if (limits.cost().isPresent()) {
      // With a limit of money the price decides when work ends.
      model.flatMap(ServedModel::price).ifPresent(price -> parts.put("price", price(price)));
    }
    model.ifPresent(
        served -> {
          parts.put("model", model(served, ServingTier.of(tier, served.provider())));
          asked.remove("protocol");
          asked.remove("transport");
        });
    parts.put("tier", asked);
    return sha256(JSON.writeValueAsBytes(parts));
  }

  private static Map<String, Object> model(ServedModel served, ServingTier serving) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("id", served.id());
    parts.put("served_by", served.provider().protocol());
    parts.put("protocol", serving.protocol());
    parts.put("transport", serving.transport());
    parts.put("base_url", served.provider().baseUrl());
    served.recording().ifPresent(recording -> parts.put("recording", recording));
    served.tier().ifPresent(tier -> parts.put("simulated", simulated(tier)));
    return parts;
  }

  private static Map<String, Object> price(Price price) {
    return new TreeMap<>(
        Map.of(
            "input", price.input(),
            "cached_input", price.cachedInput(),
            "cache_write", price.cacheWrite(),
            "output", price.output()));
  }

  private static Map<String, Object> simulated(SimulatedTier tier) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("first_token_ns", tier.firstToken().toNanos());
    parts.put("tokens_per_second", tier.tokensPerSecond());
    parts.put("tokens_per_frame", tier.tokensPerFrame());
    parts.put("jitter", tier.jitter());
    parts.put("connect_ns", tier.connect().toNanos());
    parts.put("roundtrip_ns", tier.roundtrip().toNanos());
    parts.put("prefill_tokens_per_second", tier.prefillTokensPerSecond());
    parts.put("skill", tier.skill());
    parts.put("rate_limited", tier.faults().rateLimited());
    parts.put("server_error", tier.faults().serverError());
    parts.put("overloaded", tier.faults().overloaded());
    parts.put("cut", tier.faults().cut());
    return parts;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
