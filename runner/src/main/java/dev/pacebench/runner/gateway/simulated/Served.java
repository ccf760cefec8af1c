package dev.pacebench.runner.gateway.simulated;

import org.jspecify.annotations.Nullable;

/** What an answer says of the tier that served it: the one that was asked for. */
final class Served {

  private Served() {}

  /** OpenAI's word for a tier; one that it has two words for is answered with the older one. */
  static String tier(@Nullable String asked) {
    if (asked == null || asked.equals("auto")) {
      return "default";
    }
    return asked.equals("fast") ? "priority" : asked;
  }

  /** Anthropic's word for a tier, and Google's. */
  static String messagesTier(@Nullable String asked) {
    return asked == null || asked.equals("auto") || asked.equals("standard_only")
        ? "standard"
        : asked;
  }
}
