package dev.pacebench.runner.serve;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where to listen, and who is let in.
 *
 * @param bind address to listen on
 * @param port 0 for any that is free
 * @param token asked of everybody; must be there unless {@code bind} is this machine's loopback
 * @param names further names under which the server is reached
 * @param version of Pacebench
 */
public record ServeSettings(
    String bind, int port, Optional<String> token, List<String> names, String version) {

  private static final int SHORTEST_TOKEN = 16;

  public ServeSettings {
    requireNonNull(bind, "bind is null");
    requireNonNull(version, "version is null");
    names = List.copyOf(names);
    if (port < 0 || port > 65535) {
      throw new UserError("--port " + port, "is no port", "give 0 to 65535; 0 is any free one");
    }
    token.ifPresent(ServeSettings::check);
    if (token.isEmpty() && !address(bind).isLoopbackAddress()) {
      throw new UserError(
          "--bind " + bind,
          "others could read everything here, and there is no token",
          "leave --bind out, or give --token-file FILE (or PACEBENCH_SERVE_TOKEN)");
    }
  }

  private static void check(String token) {
    if (token.length() < SHORTEST_TOKEN || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      throw new UserError(
          "the token",
          "has " + token.length() + " characters, or some that are not plain ASCII",
          "make one with: head -c 24 /dev/urandom | base64");
    }
  }

  /** The address that the name to bind stands for. */
  static InetAddress address(String bind) {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new UserError(
          "--bind " + bind, "is no address here", "give 127.0.0.1, or leave it out");
    }
  }
}
