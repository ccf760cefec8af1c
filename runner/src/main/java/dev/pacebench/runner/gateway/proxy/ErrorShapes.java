package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.GeminiErrors;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Words the gateway's own refusals as each protocol's callers expect an error. */
final class ErrorShapes {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ErrorShapes() {}

  /** The body of an error. */
  static byte[] body(Protocol protocol, int status, String code, String message) {
    return JSON.writeValueAsBytes(
        switch (protocol) {
          case ANTHROPIC_MESSAGES -> shape("type", "error", "error", anthropic(status, message));
          case GEMINI -> shape("error", gemini(status, code, message));
          case OPENAI_RESPONSES, OPENAI_CHAT -> shape("error", openai(status, code, message));
        });
  }

  /** The same as an event of a WebSocket. */
  static byte[] event(int status, String code, String message) {
    return JSON.writeValueAsBytes(
        shape("type", "error", "status", status, "error", openai(status, code, message)));
  }

  private static Map<String, @Nullable Object> openai(int status, String code, String message) {
    return shape("message", message, "type", openaiType(status), "param", null, "code", code);
  }

  private static Map<String, @Nullable Object> anthropic(int status, String message) {
    return shape("type", anthropicType(status), "message", message);
  }

  private static Map<String, @Nullable Object> gemini(int status, String code, String message) {
    return shape(
        "code",
        status,
        "message",
        message,
        "status",
        GeminiErrors.word(status),
        "details",
        List.of(shape("@type", "type.googleapis.com/google.rpc.ErrorInfo", "reason", code)));
  }

  private static String openaiType(int status) {
    return status >= 500 ? "server_error" : "invalid_request_error";
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 504 -> "timeout_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  private static Map<String, @Nullable Object> shape(@Nullable Object... pairs) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }
}
