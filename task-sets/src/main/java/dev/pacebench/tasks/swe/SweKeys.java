package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.harbor.TomlTable;
import java.util.List;
import java.util.Set;

/** The keys of {@code swe.toml}, per table; any other is an error, as the format is ours. */
final class SweKeys {

  static final String FORMAT = "pacebench-swe/1";

  static final Set<String> TOP =
      Set.of("format", "task", "environment", "agent", "verifier", "tests", "metadata");
  static final Set<String> TASK = Set.of("name", "workdir", "base_commit", "description");
  static final Set<String> ENVIRONMENT =
      Set.of("cpus", "memory_mb", "network", "build_timeout_sec");
  static final Set<String> AGENT = Set.of("timeout_sec");
  static final Set<String> VERIFIER = Set.of("timeout_sec", "before", "command", "parser");
  static final Set<String> TESTS = Set.of("fail_to_pass", "pass_to_pass");

  private SweKeys() {}

  static void expectOnly(TomlTable table, Set<String> known) {
    for (String key : table.keys()) {
      if (!known.contains(key)) {
        List<String> near = NearestName.of(key, known);
        table.error(
            key,
            "unknown key",
            near.isEmpty()
                ? "known here are " + String.join(", ", known.stream().sorted().toList())
                : "did you mean " + near.get(0) + "?");
      }
    }
  }
}
