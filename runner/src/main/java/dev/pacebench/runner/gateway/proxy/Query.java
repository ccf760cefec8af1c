package dev.pacebench.runner.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The query of a call's address, in which callers of Gemini may put a key. */
final class Query {

  /** Where Google's servers look for one. */
  private static final Set<String> KEYS = Set.of("key", "access_token", "oauth_token");

  private Query() {}

  /** The key in it; of several the first, as with headers. */
  static Optional<String> key(String query) {
    for (String part : parts(query)) {
      if (name(part).equals("key")) {
        return Optional.of(value(part));
      }
    }
    return Optional.empty();
  }

  /** Without what may be a key; the rest as it came, with its question mark. */
  static String withoutKeys(String query) {
    List<String> kept = parts(query).stream().filter(part -> !KEYS.contains(name(part))).toList();
    return kept.isEmpty() ? "" : "?" + String.join("&", kept);
  }

  /** Whether a name stands in it, and wherever it does, with this value. */
  static boolean has(String query, String name, String value) {
    List<String> found = parts(query).stream().filter(part -> name(part).equals(name)).toList();
    return !found.isEmpty() && found.stream().allMatch(part -> value(part).equals(value));
  }

  private static List<String> parts(String query) {
    List<String> parts = new ArrayList<>();
    for (String part : (query.startsWith("?") ? query.substring(1) : query).split("&", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Names are compared as a server reads them, which is without regard to escapes. */
  private static String name(String part) {
    int equals = part.indexOf('=');
    return decoded(equals < 0 ? part : part.substring(0, equals));
  }

  private static String value(String part) {
    int equals = part.indexOf('=');
    return equals < 0 ? "" : decoded(part.substring(equals + 1));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
