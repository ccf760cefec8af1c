package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The sandboxes of a provider that are open or being opened.
 *
 * <p>Closing waits for those being opened, so that none comes into being behind its back, and takes
 * no more.
 */
final class OpenSandboxes {

  /** Longer than the calls of one opening may take. */
  private static final long LONGEST_OPENING_NANOS = Duration.ofMinutes(3).toNanos();

  private final Set<DockerSandbox> open = new HashSet<>();
  private int underWay;
  private boolean closed;

  DockerSandbox add(Supplier<DockerSandbox> opening) {
    synchronized (this) {
      if (closed) {
        throw new SandboxException(
            Kind.FAILED, "the Docker provider is closed", "open sandboxes before it is");
      }
      underWay++;
    }
    DockerSandbox sandbox = null;
    try {
      sandbox = opening.get();
      return sandbox;
    } finally {
      synchronized (this) {
        underWay--;
        if (sandbox != null) {
          open.add(sandbox);
        }
        notifyAll();
      }
    }
  }

  synchronized void remove(DockerSandbox sandbox) {
    open.remove(sandbox);
  }

  /** Closes all; may be called again. */
  void close() {
    List<DockerSandbox> all;
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      long end = System.nanoTime() + LONGEST_OPENING_NANOS;
      while (underWay > 0 && System.nanoTime() - end < 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      all = List.copyOf(open);
    }
    all.parallelStream().forEach(DockerSandbox::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
