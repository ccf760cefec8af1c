package dev.pacebench.runner.model;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether a provider's error says that a conversation is longer than its model can read. */
public final class ContextOverflow {

  private static final Set<String> CODES =
      Set.of(
          "context_length_exceeded",
          "context_window_exceeded",
          "model_context_window_exceeded",
          "exceed_context_size_error",
          "request_too_large");

  /** Servers that run open models have no code for it. */
  private static final Pattern WORDS =
      Pattern.compile(
          "maximum context length|context window|prompt is too long|input is too long"
              + "|exceeds? the (available |maximum )?context|reduce the length of"
              + "|exceeds? the maximum number of tokens",
          Pattern.CASE_INSENSITIVE);

  private ContextOverflow() {}

  /**
   * Whether it does.
   *
   * @param status of HTTP, as far as one is known, else 0
   * @param code of the error, or its type; empty where there is none
   */
  public static boolean says(int status, String code, String message) {
    return CODES.contains(code)
        || status == 413
        || ((status == 0 || status == 400 || status == 422) && WORDS.matcher(message).find());
  }
}
