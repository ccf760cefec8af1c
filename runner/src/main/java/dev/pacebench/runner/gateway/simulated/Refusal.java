package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.GeminiErrors;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.Optional;

/**
 * An answer that is an error.
 *
 * @param status of HTTP, or in the frame of a WebSocket
 * @param type the provider's word for its kind
 * @param code the provider's word for it
 * @param retryAfter seconds that the caller is told to wait
 */
record Refusal(int status, String type, String code, String message, Optional<Integer> retryAfter) {

  Refusal {
    requireNonNull(type, "type is null");
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
  }

  static Refusal of(int status, String type, String code, String message) {
    return new Refusal(status, type, code, message, Optional.empty());
  }

  static Refusal badRequest(String message) {
    return of(400, "invalid_request_error", "invalid_request", message);
  }

  static Refusal unknownKey(Protocol protocol) {
    boolean anthropic = protocol == Protocol.ANTHROPIC_MESSAGES;
    return of(
        401,
        anthropic ? "authentication_error" : "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided.");
  }

  static Refusal unknownContext(String id) {
    return of(
        400,
        "invalid_request_error",
        "previous_response_not_found",
        "Previous response with id '" + id + "' not found.");
  }

  /** Body of an HTTP answer. */
  String body(Protocol protocol) {
    if (protocol == Protocol.GEMINI) {
      return new JsonText().raw("error", gemini()).end();
    }
    if (protocol == Protocol.ANTHROPIC_MESSAGES) {
      String error = new JsonText().put("type", type).put("message", message).end();
      return new JsonText().put("type", "error").raw("error", error).end();
    }
    return new JsonText().raw("error", error()).end();
  }

  /** Frame of a WebSocket. */
  String frame() {
    JsonText frame =
        new JsonText().put("type", "error").put("status", status).raw("error", error());
    retryAfter.ifPresent(
        seconds ->
            frame.raw("headers", new JsonText().put("retry-after", String.valueOf(seconds)).end()));
    return frame.end();
  }

  private String gemini() {
    JsonText error =
        new JsonText()
            .put("code", status)
            .put("message", message)
            .put("status", GeminiErrors.word(status));
    retryAfter.ifPresent(
        seconds ->
            error.raw(
                "details",
                "["
                    + new JsonText()
                        .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                        .put("retryDelay", seconds + "s")
                        .end()
                    + "]"));
    return error.end();
  }

  private String error() {
    return new JsonText()
        .put("message", message)
        .put("type", type)
        .raw("param", "null")
        .put("code", code)
        .end();
  }
}
