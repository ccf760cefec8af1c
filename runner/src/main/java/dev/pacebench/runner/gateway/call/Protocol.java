package dev.pacebench.runner.gateway.call;

import java.util.Locale;
import java.util.Optional;

/** A protocol that agents and model servers speak, with its own paths. */
public enum Protocol {
  OPENAI_RESPONSES("/v1/responses", "/responses"),
  OPENAI_CHAT("/v1/chat/completions", "/chat/completions"),
  ANTHROPIC_MESSAGES("/v1/messages", "/messages"),
  /**
   * Google's own; its paths go on with the model and what is wanted of it, see {@link CallPath}.
   */
  GEMINI("/v1beta/models", "/models");

  private final String path;
  private final String tail;

  Protocol(String path, String tail) {
    this.path = path;
    this.tail = tail;
  }

  /** Where an agent calls it at the gateway. */
  public String path() {
    return path;
  }

  /** What is added to a provider's base URL. */
  public String tail() {
    return tail;
  }

  /** As lineups write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The protocol of a word. */
  public static Optional<Protocol> of(String word) {
    for (Protocol protocol : values()) {
      if (protocol.word().equals(word)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
