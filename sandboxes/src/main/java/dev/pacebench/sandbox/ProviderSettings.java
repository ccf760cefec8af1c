package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What a provider is told once.
 *
 * @param owner labels everything it makes
 * @param scratch a folder of its own on this host, for sockets, roots and build contexts
 * @param images the bundled image folders ({@code relay}, {@code starter})
 * @param droppedCapabilities taken from Docker's default set
 */
public record ProviderSettings(
    Owner owner, Path scratch, Path images, List<String> droppedCapabilities) {

  /** Root inside keeps what chown, su and package managers need, and no more. */
  public static final List<String> DEFAULT_DROPPED = List.of("MKNOD", "NET_RAW");

  public ProviderSettings {
    requireNonNull(owner, "owner is null");
    requireNonNull(scratch, "scratch is null");
    droppedCapabilities = List.copyOf(droppedCapabilities);
  }
}
