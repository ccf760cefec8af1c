package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.GeminiErrors;
import dev.pacebench.runner.gateway.call.Protocol;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Refusals in each protocol's own shape, made so that no agent tries again. */
final class ReplayErrors {

  static final String MISMATCH = "replay_mismatch";
  static final String FAILED = "replay_failed";
  static final int CONFLICT = 409;

  private ReplayErrors() {}

  static void refuse(
      HttpServerResponse response, Protocol protocol, int status, String code, String message) {
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        // Agents try a 409 again unless they are told not to.
        .putHeader("x-should-retry", "false")
        .end(body(protocol, status, code, message));
  }

  private static String body(Protocol protocol, int status, String code, String message) {
    ObjectNode body = CallJson.MAPPER.createObjectNode();
    if (protocol == Protocol.ANTHROPIC_MESSAGES) {
      body.put("type", "error").putObject("error").put("type", code).put("message", message);
    } else if (protocol == Protocol.GEMINI) {
      ObjectNode error = body.putObject("error");
      error.put("code", status).put("message", message).put("status", GeminiErrors.word(status));
      error
          .putArray("details")
          .addObject()
          .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
          .put("reason", code);
    } else {
      error(body.putObject("error"), code, message);
    }
    return body.toString();
  }

  /** An error as a frame of a WebSocket. */
  static String frame(int status, String code, String message) {
    ObjectNode frame = CallJson.MAPPER.createObjectNode();
    frame.put("type", "error").put("status", status);
    error(frame.putObject("error"), code, message);
    frame.putObject("headers").put("x-should-retry", "false");
    return frame.toString();
  }

  private static void error(ObjectNode error, String code, String message) {
    error.put("message", message).put("type", "invalid_request_error");
    error.putNull("param").put("code", code);
  }
}
