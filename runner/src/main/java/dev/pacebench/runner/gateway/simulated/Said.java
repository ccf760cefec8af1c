package dev.pacebench.runner.gateway.simulated;

import java.util.List;

/**
 * What the model says in one call.
 *
 * @param parts in their order; none when no generation was asked for
 * @param reasoningTokens tokens of reasoning, part of all
 * @param tokens all tokens
 */
record Said(List<Part> parts, long reasoningTokens, long tokens) {

  Said {
    parts = List.copyOf(parts);
  }

  static Said of(List<Part> parts) {
    long reasoning = 0;
    long all = 0;
    for (Part part : parts) {
      all += part.pieces().tokens();
      if (part.kind() == Part.Kind.REASONING) {
        reasoning += part.pieces().tokens();
      }
    }
    return new Said(parts, reasoning, all);
  }

  /** Tokens that the first event with any brings. */
  long firstTokens() {
    if (parts.isEmpty()) {
      return 0;
    }
    Pieces first = parts.get(0).pieces();
    // Hidden reasoning starts with its first token, though nothing of it is seen.
    return first.count() == 0 ? Math.min(1, first.tokens()) : first.tokensAfter(0);
  }

  boolean callsTools() {
    return parts.stream().anyMatch(part -> part.kind() == Part.Kind.TOOL_CALL);
  }

  /** Characters that a caller would send back. */
  int characters() {
    return parts.stream().mapToInt(part -> part.pieces().whole().length()).sum();
  }
}
