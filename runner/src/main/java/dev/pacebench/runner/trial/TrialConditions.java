package dev.pacebench.runner.trial;

import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.SandboxConditions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What surrounded a trial: everything that could change its time or result.
 *
 * <p>The digest covers what must be equal for trials to be pooled. Machine class and concurrency
 * stand beside it.
 */
record TrialConditions(Map<String, String> values) {

  /** Stated, not digested: two nights on two machines of a class still pool. */
  private static final Set<String> BESIDE = Set.of("engine", "machine", "slots", "dispatcher");

  /** What only describes one sandbox, such as its host name, is shown and never digested. */
  private static final String DETAIL = "detail.";

  /** What a verdict depends on in this module; raise it when verification changes. */
  private static final String VERIFIER_VERSION = "1";

  TrialConditions {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static TrialConditions of(
      SandboxConditions sandbox,
      Duration agentLimit,
      String agentNetwork,
      String verifyNetwork,
      String verification,
      Map<String, String> model,
      int slots) {
    Map<String, String> values = new TreeMap<>(model);
    sandbox.details().forEach((key, value) -> values.put(DETAIL + key, value));
    Limits limits = sandbox.limits();
    values.put("sandbox", sandbox.provider());
    values.put("engine", sandbox.engine());
    values.put("image", sandbox.imageId());
    values.put(
        "cpus",
        limits.cpus().isPresent() ? String.valueOf(limits.cpus().getAsDouble()) : "unlimited");
    values.put(
        "memory_bytes",
        limits.memoryBytes().isPresent()
            ? String.valueOf(limits.memoryBytes().getAsLong())
            : "unlimited");
    values.put(
        "pids", limits.pids().isPresent() ? String.valueOf(limits.pids().getAsInt()) : "unlimited");
    values.put("limit_seconds", String.valueOf(agentLimit.toNanos() / 1e9));
    values.put("network_agent", agentNetwork);
    values.put("network_verify", verifyNetwork);
    values.put("verification", verification);
    values.put("capabilities", String.join(",", sandbox.capabilities()));
    values.put("no_new_privileges", String.valueOf(sandbox.noNewPrivileges()));
    values.put("dispatcher", sandbox.dispatcher());
    values.put("verifier_version", VERIFIER_VERSION);
    values.put("slots", String.valueOf(slots));
    values.put("machine", HostLoad.machine());
    return new TrialConditions(values);
  }

  /** SHA-256 over what must be equal for pooling. */
  String digest() {
    StringBuilder canonical = new StringBuilder();
    values.forEach(
        (key, value) -> {
          if (!BESIDE.contains(key) && !key.startsWith(DETAIL)) {
            canonical
                .append(key)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n');
          }
        });
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha.digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
