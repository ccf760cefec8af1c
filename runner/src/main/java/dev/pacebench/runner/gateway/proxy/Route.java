package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.Optional;
import java.util.Set;

/**
 * What a request line asks of the gateway.
 *
 * <p>Only whole, literal paths are open: no dot segments, escapes or other hosts' addresses need to
 * be understood, since nothing that has them equals an open path.
 */
sealed interface Route {

  /** A model call; the query begins with its question mark, or is empty. */
  record Call(CallPath path, String query) implements Route {}

  /** A WebSocket on which model calls come. */
  record Upgrade(Protocol protocol, String query) implements Route {}

  /** Somebody asks whether anybody is there. */
  record Probe() implements Route {}

  /** Not open; the protocol is the one that its caller most likely speaks. */
  record Refused(Protocol protocol, int status, String message) implements Route {}

  static Route of(String method, String uri, boolean upgrade, Set<Protocol> open) {
    Protocol likely = likely(uri, open);
    if (uri.isEmpty() || uri.charAt(0) != '/') {
      return new Refused(likely, 400, "only paths are understood, not other hosts' addresses");
    }
    if (!plain(uri)) {
      return new Refused(likely, 400, "the address has characters that no address may have");
    }
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    String query = question < 0 ? "" : uri.substring(question);
    if (path.equals("/") && (method.equals("HEAD") || method.equals("GET")) && !upgrade) {
      return new Probe();
    }
    Optional<CallPath> known = CallPath.read(path).filter(found -> open.contains(found.protocol()));
    if (known.isEmpty()) {
      return new Refused(likely, 404, "the gateway has no such path; only model calls are let in");
    }
    Protocol protocol = known.get().protocol();
    if (method.equals("POST") && !upgrade) {
      return call(known.get(), query);
    }
    if (method.equals("GET") && upgrade && protocol == Protocol.OPENAI_RESPONSES) {
      return new Upgrade(protocol, query);
    }
    return new Refused(protocol, 405, "only model calls are let in here");
  }

  /** Gemini has a second way of streaming, one long list, whose parts nobody could stamp. */
  private static Route call(CallPath path, String query) {
    if (path.protocol() == Protocol.GEMINI) {
      return path.stream() && !Query.has(query, "alt", "sse")
          ? new Refused(Protocol.GEMINI, 400, "streams are sent as events only: add ?alt=sse")
          : new Call(path, Query.withoutKeys(query));
    }
    return new Call(path, query);
  }

  private static Protocol likely(String uri, Set<Protocol> open) {
    if (uri.startsWith("/v1/messages") || uri.startsWith("/messages")) {
      return Protocol.ANTHROPIC_MESSAGES;
    }
    if (uri.startsWith("/v1beta/") || uri.contains(":generateContent")) {
      return Protocol.GEMINI;
    }
    return open.size() == 1 ? open.iterator().next() : Protocol.OPENAI_RESPONSES;
  }

  private static boolean plain(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
