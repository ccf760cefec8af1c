package dev.pacebench.sandbox;

/** Sees output while a command runs; called from one thread per command, must not block. */
@FunctionalInterface
public interface OutputListener {

  /** Which stream of a command. */
  enum Stream {
    STDOUT,
    STDERR
  }

  void onOutput(Stream stream, byte[] bytes);

  /** Nobody listens. */
  OutputListener NONE = (stream, bytes) -> {};
}
