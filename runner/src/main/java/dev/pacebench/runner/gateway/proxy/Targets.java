package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Protocol;
import java.net.URI;

/** Where a call goes at its provider: the base URL's own path and the protocol's. */
final class Targets {

  private Targets() {}

  /** Path and query; a query of the base URL, such as an API version, comes first. */
  static String uri(URI base, Protocol protocol, String query) {
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    // Callers of Messages name a base without the version, all others one with it.
    String tail =
        protocol == Protocol.ANTHROPIC_MESSAGES && !path.endsWith("/v1")
            ? protocol.path()
            : protocol.tail();
    String own = base.getRawQuery();
    if (own == null) {
      return path + tail + query;
    }
    return path + tail + "?" + own + (query.length() > 1 ? "&" + query.substring(1) : "");
  }
}
