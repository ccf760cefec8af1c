package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The one hole in a sandbox's network.
 *
 * @param socket a Unix socket on this host, in a folder of its own that only the relay sees
 * @param port the loopback port inside the sandbox that leads to it; above 61000
 */
public record RelaySpec(Path socket, int port) {
  public RelaySpec {
    requireNonNull(socket, "socket is null");
    if (port <= 61000 || port > 65535) {
      throw new IllegalArgumentException("relay port must be above 61000, is " + port);
    }
  }
}
