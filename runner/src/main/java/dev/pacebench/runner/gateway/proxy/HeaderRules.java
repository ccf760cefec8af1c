package dev.pacebench.runner.gateway.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers go on to the provider, and which come back. */
final class HeaderRules {

  /** Those of one connection alone, and those that say how this body is framed. */
  private static final Set<String> HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What is the gateway's own to say. */
  private static final Set<String> OURS =
      Set.of("host", "content-length", "expect", "accept-encoding");

  /** Where a caller puts a key; the door's token must not leave the gateway. */
  private static final Set<String> KEYS =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  private static final Set<String> MERGED = Set.of("anthropic-beta", "openai-beta");
  private static final Set<String> HIDDEN = Set.of("set-cookie", "cookie", "authorization");

  private HeaderRules() {}

  /**
   * Headers of a request to the provider: the caller's own, then each of {@code added} in its turn
   * over them; lists of beta flags are joined.
   */
  static MultiMap onward(MultiMap caller, boolean keepEncoding, List<Map<String, String>> added) {
    Set<String> named = named(caller);
    MultiMap out = HttpHeaders.headers();
    for (Map.Entry<String, String> header : caller) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (HOP.contains(name)
          || OURS.contains(name)
          || KEYS.contains(name)
          || named.contains(name)
          || name.startsWith("sec-websocket-")
          || (name.equals("content-encoding") && !keepEncoding)) {
        continue;
      }
      out.add(header.getKey(), header.getValue());
    }
    for (Map<String, String> more : added) {
      more.forEach(
          (name, value) -> {
            List<String> before = out.getAll(name);
            out.set(
                name, MERGED.contains(name.toLowerCase(Locale.ROOT)) ? join(before, value) : value);
          });
    }
    // What comes back is then read and forwarded as it is.
    out.set("accept-encoding", "identity");
    return out;
  }

  /** Headers of an answer to the caller, secrets covered. */
  static MultiMap back(MultiMap provider, SecretFilter secrets) {
    Set<String> named = named(provider);
    MultiMap out = HttpHeaders.headers();
    for (Map.Entry<String, String> header : provider) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HOP.contains(name) && !named.contains(name) && !name.startsWith("sec-websocket-")) {
        out.add(header.getKey(), secrets.whole(header.getValue()));
      }
    }
    return out;
  }

  /** Headers for the record: names in lower case, no cookies. */
  static Map<String, List<String>> told(MultiMap back) {
    Map<String, List<String>> told = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : back) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HIDDEN.contains(name)) {
        told.computeIfAbsent(name, n -> new ArrayList<>()).add(header.getValue());
      }
    }
    return told;
  }

  private static Set<String> named(MultiMap headers) {
    Set<String> names = new HashSet<>();
    for (String value : headers.getAll("connection")) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static String join(List<String> before, String more) {
    Set<String> values = new LinkedHashSet<>();
    for (String list : before) {
      addAll(values, list);
    }
    addAll(values, more);
    return String.join(",", values);
  }

  private static void addAll(Set<String> values, String list) {
    for (String value : list.split(",", -1)) {
      if (!value.isBlank()) {
        values.add(value.strip());
      }
    }
  }
}
