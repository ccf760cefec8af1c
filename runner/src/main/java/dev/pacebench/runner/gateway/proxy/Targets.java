package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a call goes at its provider: the base URL's own path and the protocol's. */
final class Targets {

  private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+[a-z0-9]*(?:/.*)?");

  private Targets() {}

  /** Path and query; a query of the base URL, such as an API version, comes first. */
  static String uri(URI base, CallPath call, String query) {
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String tail = version(call.protocol(), path) + call.tail();
    String own = base.getRawQuery();
    if (own == null) {
      return path + tail + query;
    }
    return path + tail + "?" + own + (query.length() > 1 ? "&" + query.substring(1) : "");
  }

  /** What callers of some protocols leave out of the base that they name; all others name it. */
  private static String version(Protocol protocol, String path) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> path.endsWith("/v1") ? "" : "/v1";
      case GEMINI -> VERSIONED.matcher(path).matches() ? "" : "/v1beta";
      case OPENAI_RESPONSES, OPENAI_CHAT -> "";
    };
  }
}
