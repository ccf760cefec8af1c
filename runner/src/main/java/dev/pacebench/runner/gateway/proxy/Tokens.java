package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes and compares what opens a door.
 *
 * <p>Doors are looked up by a hash and compared in constant time, so that the time of a refusal
 * says nothing about a token.
 */
final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BEARER = "bearer ";
  private static final List<String> KEYS = List.of("x-api-key", "x-goog-api-key");
  private static final int BYTES = 32;
  private static final int LONGEST = 4096;

  private Tokens() {}

  static String fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return "pbt-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a caller showed, in a header or, as callers of Gemini may, in the query. */
  static Optional<String> shown(MultiMap headers, String uri) {
    String value = headers.get("authorization");
    if (value != null && value.length() <= LONGEST) {
      return value.toLowerCase(Locale.ROOT).startsWith(BEARER)
          ? Optional.of(value.substring(BEARER.length()).strip())
          : Optional.empty();
    }
    for (String name : KEYS) {
      String key = headers.get(name);
      if (key != null) {
        return key.length() > LONGEST ? Optional.empty() : Optional.of(key.strip());
      }
    }
    int question = uri.indexOf('?');
    boolean gemini =
        question > 0
            && uri.length() <= LONGEST
            && CallPath.read(uri.substring(0, question))
                .filter(path -> path.protocol() == Protocol.GEMINI)
                .isPresent();
    // Of other protocols the query goes on to the provider as it is.
    return gemini ? Query.key(uri.substring(question)) : Optional.empty();
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** What doors are looked up by. */
  static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
