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
  static final List<String> PROVIDER = List.of("protocol", "base_url", "credential", "headers");
  static final List<String> CREDENTIAL = List.of("env", "file", "command", "field", "scheme");
  static final List<String> SECRET_HEADER = List.of("env", "file", "command", "field");
  static final List<String> SOURCES = List.of("env", "file", "command");
  static final List<String> SCHEMES = List.of("bearer", "api-key");
  static final List<String> MODEL = List.of("provider", "id", "price", "simulated", "recording");
  static final List<String> PRICE = List.of("input", "cached_input", "cache_write", "output");
  static final List<String> SIMULATED_TIER =
      List.of(
          "first_token",
          "tokens_per_second",
          "tokens_per_frame",
          "jitter",
          "connect",
          "roundtrip",
          "prefill_tokens_per_second",
          "skill",
          "faults");
  static final List<String> FAULTS = List.of("rate_limited", "server_error", "overloaded", "cut");
  static final List<String> CONTENDER =
      List.of("name", "agent", "model", "tier", "settings", "limits");
  static final List<String> TIER =
      List.of("transport", "protocol", "service_tier", "speed", "effort", "max_output_tokens");
  static final List<String> LIMITS =
      List.of(
          "time",
          "steps",
          "tokens",
          "cost",
          "requests_in_flight",
          "requests_per_minute",
          "tokens_per_minute");

  /** The protocol whose answers are made up here; results of it are marked. */
  static final String SIMULATED = "simulated";

  /** The protocol whose answers were recorded earlier; results of it are marked. */
  static final String REPLAY = "replay";

  static final String RESPONSES = "openai-responses";
  static final String MESSAGES = "anthropic-messages";

  static final String GEMINI = "gemini";

  /** Protocols that speak to a server, and so need an address. */
  static final List<String> REMOTE_PROTOCOLS = List.of(RESPONSES, "openai-chat", MESSAGES, GEMINI);

  static final List<String> PROTOCOLS =
      List.of(RESPONSES, "openai-chat", MESSAGES, GEMINI, SIMULATED, REPLAY);

  static final String SSE = "sse";
  static final String WEBSOCKET = "websocket";
  static final List<String> TRANSPORTS = List.of(SSE, WEBSOCKET);

  private LineupKeys() {}
}
