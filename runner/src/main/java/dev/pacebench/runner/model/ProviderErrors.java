package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.model.ModelException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells what a provider's error means, whatever its protocol and shape. */
final class ProviderErrors {

  private static final Set<String> REFUSALS =
      Set.of(
          "content_filter",
          "content_policy_violation",
          "cyber_policy",
          "bio_policy",
          "invalid_prompt");

  /** How the gateway words it in every protocol when a limit of the trial is used up. */
  private static final String USED_UP = "the trial's own limit is used up: ";

  /** Asking again cannot help, even where the status says so. */
  private static final Set<String> FINAL =
      Set.of(
          "insufficient_quota",
          "usage_limit_reached",
          "usage_not_included",
          "billing_error",
          "authentication_error",
          "permission_error",
          "not_found_error",
          "invalid_request_error",
          "model_not_found");

  private static final Pattern TRY_AGAIN =
      Pattern.compile("try again in (\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s)\\b");

  /** No provider's word may hold a trial up for longer. */
  private static final double LONGEST_WAIT_SECONDS = 120;

  private ProviderErrors() {}

  /**
   * Throws what an error means.
   *
   * @param status as far as one is known, else 0
   * @param body the error's JSON: the whole body or event, with or without a field {@code error}
   * @param waitMillis how long headers said to wait
   */
  static void raise(Kind kind, int status, JsonNode body, @Nullable Long waitMillis)
      throws ModelException, FailedTurn {
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    String code = code(error);
    String type = Json.text(error, "type");
    String message = message(body, error);
    if (ContextOverflow.says(status, code, message)
        || ContextOverflow.says(status, type, message)) {
      throw new FailedTurn(Turn.overflow());
    }
    if (REFUSALS.contains(code)) {
      throw new FailedTurn(new Turn(message, "", List.of(), Turn.Stop.REFUSED, CallUsage.NONE));
    }
    String word = code.isEmpty() ? type : code;
    Kind what =
        message.equals(USED_UP + "token_limit")
            ? Kind.TOKEN_LIMIT
            : message.equals(USED_UP + "cost_limit") ? Kind.COST_LIMIT : kind;
    boolean retryable =
        what == kind
            && !FINAL.contains(code)
            && !FINAL.contains(type)
            && (status == 0 || status == 408 || status == 409 || status == 429 || status >= 500);
    throw new ModelException(
        what,
        status,
        word.isEmpty() ? null : word,
        retryable,
        wait(waitMillis, message),
        message.isEmpty() ? "the provider gave no reason" : message,
        null);
  }

  /** How long an answer's header says to wait, in milliseconds. */
  static @Nullable Long waitMillis(Optional<String> millis, Optional<String> seconds) {
    Optional<Double> wait = millis.flatMap(ProviderErrors::figure);
    if (wait.isEmpty()) {
      wait = seconds.flatMap(ProviderErrors::figure).map(value -> value * 1000);
    }
    return wait.map(value -> (long) (double) value).orElse(null);
  }

  private static Optional<Double> figure(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return value >= 0 ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Duration wait(@Nullable Long millis, String message) {
    double seconds;
    Matcher words = TRY_AGAIN.matcher(message.toLowerCase(Locale.ROOT));
    if (millis != null) {
      seconds = millis / 1e3;
    } else if (words.find()) {
      seconds = Double.parseDouble(words.group(1)) / (words.group(2).equals("ms") ? 1000 : 1);
    } else {
      return null;
    }
    return Duration.ofNanos((long) (Math.min(seconds, LONGEST_WAIT_SECONDS) * 1e9));
  }

  private static String code(JsonNode error) {
    JsonNode code = error.path("code");
    return code.isString() ? code.stringValue() : "";
  }

  private static String message(JsonNode body, JsonNode error) {
    for (String text :
        List.of(
            Json.text(error, "message"),
            Json.text(body, "error"),
            Json.text(body, "message"),
            Json.text(body, "detail"))) {
      if (!text.isBlank()) {
        return text;
      }
    }
    return body.isString() ? body.stringValue() : "";
  }
}
