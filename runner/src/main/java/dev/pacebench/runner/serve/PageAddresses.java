package dev.pacebench.runner.serve;

import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Addresses on the server: made of names, and taken apart again. */
public final class PageAddresses {

  private static final String PLAIN = "-._~";
  private static final int MOST_QUERY = 20;

  private PageAddresses() {}

  /** The page of a trial, relative to the board. */
  public static String trial(String run, String trial) {
    return "runs/" + segment(run) + "/trials/" + segment(trial);
  }

  static String run(String run) {
    return "/runs/" + segment(run);
  }

  static String path(String path) {
    StringBuilder out = new StringBuilder();
    for (String part : path.split("/", -1)) {
      out.append(out.isEmpty() ? "" : "/").append(segment(part));
    }
    return out.toString();
  }

  /** A name as one part of a path. */
  static String segment(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /**
   * The names in a path as it came, each decoded once.
   *
   * @return empty when a part is empty, says where else to go, or hides a separator
   */
  static Optional<List<String>> parts(String raw) {
    if (!raw.startsWith("/")) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (raw.length() > 1) {
      for (String part : raw.substring(1).split("/", -1)) {
        Optional<String> name = decoded(part).filter(PageAddresses::isName);
        if (name.isEmpty()) {
          return Optional.empty();
        }
        parts.add(name.get());
      }
    }
    return Optional.of(parts);
  }

  private static boolean isName(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && part.chars().noneMatch(c -> c < 0x20 || c == 0x7F || c == '/' || c == '\\');
  }

  private static Optional<String> decoded(String part) {
    byte[] bytes = new byte[part.length()];
    int length = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        if (i + 2 >= part.length()
            || !HexFormat.isHexDigit(part.charAt(i + 1))
            || !HexFormat.isHexDigit(part.charAt(i + 2))) {
          return Optional.empty();
        }
        bytes[length++] = (byte) HexFormat.fromHexDigits(part, i + 1, i + 3);
        i += 2;
      } else if (c > 0x7E || c <= 0x20) {
        return Optional.empty();
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** What stands behind the question mark; of a name that comes twice the first. */
  static Map<String, String> query(MultiMap params) {
    Map<String, String> query = new HashMap<>();
    for (Map.Entry<String, String> each : params) {
      if (query.size() < MOST_QUERY) {
        query.putIfAbsent(each.getKey(), each.getValue());
      }
    }
    return query;
  }
}
