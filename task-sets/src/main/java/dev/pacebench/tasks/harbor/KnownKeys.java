package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The keys that Harbor's schemas 1.0 to 1.4 know, per table. */
final class KnownKeys {

  static final Set<String> TOP =
      Set.of(
          "schema_version",
          "version",
          "source",
          "artifacts",
          "multi_step_reward_strategy",
          "task",
          "metadata",
          "agent",
          "verifier",
          "environment",
          "solution",
          "steps",
          "pacebench");
  static final Set<String> TASK = Set.of("name", "version", "description", "authors", "keywords");
  static final Set<String> AGENT = Set.of("timeout_sec", "user", "network_mode", "allowed_hosts");
  static final Set<String> VERIFIER =
      Set.of(
          "timeout_sec",
          "env",
          "user",
          "environment_mode",
          "environment",
          "collect",
          "network_mode",
          "allowed_hosts");
  static final Set<String> COLLECT = Set.of("command", "service", "timeout_sec", "user");
  static final Set<String> ENVIRONMENT =
      Set.of(
          "build_timeout_sec",
          "docker_image",
          "os",
          "cpus",
          "memory_mb",
          "memory",
          "storage_mb",
          "storage",
          "gpus",
          "gpu_types",
          "tpu",
          "allow_internet",
          "network_mode",
          "allowed_hosts",
          "workdir",
          "env",
          "skills_dir",
          "mcp_servers",
          "healthcheck");
  static final Set<String> HEALTHCHECK =
      Set.of(
          "command",
          "interval_sec",
          "timeout_sec",
          "start_period_sec",
          "start_interval_sec",
          "retries");
  static final Set<String> SOLUTION = Set.of("env");
  static final Set<String> STEP =
      Set.of("name", "agent", "verifier", "min_reward", "healthcheck", "artifacts");
  static final Set<String> PACEBENCH = Set.of("interruptions");
  static final Set<String> INTERRUPTION =
      Set.of("at_seconds", "at_turn", "instruction", "instruction_file");
  static final Set<String> ARTIFACT = Set.of("source", "destination", "exclude", "service");

  private static final Map<String, Set<String>> TABLES =
      new TreeMap<>(
          Map.of(
              "", TOP,
              "task", TASK,
              "agent", AGENT,
              "verifier", VERIFIER,
              "environment", ENVIRONMENT,
              "environment.healthcheck", HEALTHCHECK,
              "solution", SOLUTION,
              "steps", STEP,
              "pacebench", PACEBENCH));

  private KnownKeys() {}

  /** What the author of an unknown key may have meant. */
  static String hint(String table, String key, Set<String> known) {
    List<String> near = NearestName.of(key, known);
    if (!near.isEmpty()) {
      return "did you mean " + near.get(0) + "?";
    }
    List<String> elsewhere =
        TABLES.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(table) && entry.getValue().contains(key))
            .map(entry -> entry.getKey().isEmpty() ? "the top of the file" : entry.getKey())
            .toList();
    return elsewhere.isEmpty()
        ? "remove it, or move it to [metadata]"
        : "it is known in " + String.join(" and in ", elsewhere);
  }
}
