package dev.pacebench.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * Opens sandboxes of one kind.
 *
 * <p>Safe for use by several threads. Closing it closes what it holds open.
 */
public interface SandboxProvider extends AutoCloseable {

  /** {@code docker} or {@code local}. */
  String name();

  /**
   * What works here.
   *
   * @throws SandboxException of kind UNAVAILABLE when nothing does
   */
  ProviderStatus status();

  /**
   * Checks an image without building or pulling it: Dockerfiles parse, named images exist, tools
   * are there.
   */
  Optional<Refusal> check(ImageSource source);

  /**
   * Builds or pulls once per digest, however many threads wait, and returns what sandboxes can be
   * opened from.
   *
   * @throws SandboxException of kind BAD_REQUEST with the end of the build's output when it fails
   */
  PreparedImage prepare(ImageSource source);

  /**
   * Prepares, in the background, what the next {@link #open} needs and that does not depend on its
   * image; harmless when not followed by one.
   */
  default void prepareNext() {}

  /** Opens a sandbox. */
  Sandbox open(SandboxSpec spec);

  /**
   * Removes what dead owners of this host left behind.
   *
   * @return what was removed, a line each
   */
  List<String> reap();

  @Override
  void close();
}
