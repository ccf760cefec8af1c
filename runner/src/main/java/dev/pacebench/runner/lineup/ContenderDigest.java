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
 * <p>Its display name, where its key comes from and what it costs are left out. The digest is
 * SHA-256 over JSON with sorted keys and no blanks.
 */
final class ContenderDigest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private ContenderDigest() {}

  static String of(
      String agent,
      String agentVersion,
      Optional<ServedModels.Served> model,
      Map<String, String> tier,
      Map<String, String> settings,
      ContenderLimits limits) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("agent", agent);
    parts.put("agent_version", agentVersion);
    parts.put("tier", new TreeMap<>(tier));
    parts.put("settings", new TreeMap<>(settings));
    parts.put("limit_ms", limits.time().map(Duration::toMillis).orElse(-1L));
    model.ifPresent(
        served ->
            parts.put(
                "model",
                new TreeMap<>(
                    Map.of(
                        "id", served.id(),
                        "protocol", served.protocol(),
                        "base_url", served.baseUrl()))));
    return sha256(JSON.writeValueAsBytes(parts));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
