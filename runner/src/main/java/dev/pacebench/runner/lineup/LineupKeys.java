package dev.pacebench.runner.lineup;

import java.util.List;

/** Every name that a lineup file may use; the published schema says the same. */
final class LineupKeys {

  static final List<String> TOP =
      List.of(
          "providers",
          "models",
          "contenders",
          "task_network",
          "verify_network",
          "no_new_privileges");
  static final List<String> PROVIDER = List.of("protocol", "base_url", "credential");
  static final List<String> CREDENTIAL = List.of("env", "file", "command");
  static final List<String> MODEL = List.of("provider", "id", "price");
  static final List<String> PRICE = List.of("input", "cached_input", "output");
  static final List<String> CONTENDER =
      List.of("name", "agent", "model", "tier", "settings", "limits");
  static final List<String> LIMITS = List.of("time");

  /** The protocol whose answers are made up here; results of it are marked. */
  static final String SIMULATED = "simulated";

  /** Protocols that speak to a server, and so need an address. */
  static final List<String> REMOTE_PROTOCOLS =
      List.of("openai-responses", "openai-chat", "anthropic-messages");

  static final List<String> PROTOCOLS =
      List.of("openai-responses", "openai-chat", "anthropic-messages", SIMULATED, "replay");

  private LineupKeys() {}
}
