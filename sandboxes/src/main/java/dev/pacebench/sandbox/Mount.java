package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A folder of this host that a sandbox sees and cannot write to; no part of its differences.
 *
 * @param source an absolute path to a folder on this host
 * @param target an absolute path inside; made where the image has none
 */
public record Mount(Path source, String target) {
  public Mount {
    requireNonNull(source, "source is null");
    if (!source.isAbsolute()) {
      throw new IllegalArgumentException("a mount's source must be absolute: " + source);
    }
    if (!target.matches("(/[A-Za-z0-9._-]+)+") || target.contains("/..")) {
      throw new IllegalArgumentException("a mount's target must be a plain path: " + target);
    }
  }
}
