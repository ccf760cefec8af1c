package dev.pacebench.runner.gateway.proxy;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The headers by which two sides agree on a WebSocket (RFC 6455, section 4).
 *
 * <p>Neither side is offered an extension, so frames are never compressed.
 */
final class Handshake {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /** A fresh key of a client. */
  static String key() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What is wrong with a caller's upgrade. */
  static Optional<String> wrong(MultiMap headers) {
    String key = headers.get("sec-websocket-key");
    if (!"13".equals(headers.get("sec-websocket-version"))) {
      return Optional.of("only version 13 of WebSockets is spoken here");
    }
    if (key == null || key.length() != 24) {
      return Optional.of("the upgrade has no key of a WebSocket");
    }
    String length = headers.get("content-length");
    return (length == null || length.equals("0")) && !headers.contains("transfer-encoding")
        ? Optional.empty()
        : Optional.of("an upgrade has no body");
  }

  static Map<String, String> ask(String key) {
    return Map.of(
        "connection", "Upgrade",
        "upgrade", "websocket",
        "sec-websocket-version", "13",
        "sec-websocket-key", key);
  }

  static Map<String, String> answer(MultiMap asked) {
    String key = asked.get("sec-websocket-key");
    return Map.of(
        "connection", "Upgrade",
        "upgrade", "websocket",
        "sec-websocket-accept", accept(key == null ? "" : key));
  }

  /** Whether an answer of status 101 is the one to our key, and asks for nothing more. */
  static boolean accepted(MultiMap answer, String key) {
    String accept = answer.get("sec-websocket-accept");
    return accept != null
        && accept.strip().equals(accept(key))
        && "websocket".equalsIgnoreCase(answer.get("upgrade"))
        && !answer.contains("sec-websocket-extensions");
  }

  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
