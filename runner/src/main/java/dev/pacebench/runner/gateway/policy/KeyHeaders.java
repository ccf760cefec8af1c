package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.lineup.Credential.Scheme;
import java.util.Map;
import java.util.Optional;

/** How a key is sent. */
final class KeyHeaders {

  private KeyHeaders() {}

  /** The header that carries a key: of the scheme, or of what the protocol's providers expect. */
  static Map<String, String> of(Protocol protocol, Optional<Scheme> scheme, Key key) {
    Scheme usual =
        switch (protocol) {
          case ANTHROPIC_MESSAGES, GEMINI -> Scheme.API_KEY;
          case OPENAI_RESPONSES, OPENAI_CHAT -> Scheme.BEARER;
        };
    String name = protocol == Protocol.GEMINI ? "x-goog-api-key" : "x-api-key";
    return switch (scheme.orElse(usual)) {
      case API_KEY -> Map.of(name, key.secret());
      case BEARER -> Map.of("authorization", "Bearer " + key.secret());
    };
  }
}
