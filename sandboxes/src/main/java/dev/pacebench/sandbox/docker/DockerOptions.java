package dev.pacebench.sandbox.docker;

import java.util.Optional;

/**
 * What differs from the usual way of using an engine.
 *
 * @param host address of the engine in place of {@code DOCKER_HOST} and the current context
 * @param plainExec whether each command is an exec of its own, without the dispatcher
 * @param asRemote whether to treat the engine as one that cannot see this host's files
 */
public record DockerOptions(Optional<String> host, boolean plainExec, boolean asRemote) {

  /** The engine that the environment names, with all that it can do. */
  public static DockerOptions usual() {
    return new DockerOptions(Optional.empty(), false, false);
  }

  public DockerOptions withHost(String host) {
    return new DockerOptions(Optional.of(host), plainExec, asRemote);
  }

  public DockerOptions withPlainExec() {
    return new DockerOptions(host, true, asRemote);
  }

  public DockerOptions treatedAsRemote() {
    return new DockerOptions(host, plainExec, true);
  }
}
