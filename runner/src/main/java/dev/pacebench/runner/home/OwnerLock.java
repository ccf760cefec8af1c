package dev.pacebench.runner.home;

import dev.pacebench.sandbox.Owner;
import java.util.Optional;

/** The lock that keeps a home to one runner. */
public final class OwnerLock implements AutoCloseable {

  private OwnerLock() {}

  /**
   * Makes the home where needed and takes its lock, over a dead owner's if need be.
   *
   * @throws dev.pacebench.runner.UserError when another runner holds it
   */
  public static OwnerLock take(Home home, Owner self) {
    throw new UnsupportedOperationException();
  }

  /** Who holds, or held last, the lock; for messages. */
  public static Optional<Owner> holder(Home home) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
