package dev.pacebench.runner.serve;

import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store while somebody looks; given up when nobody does.
 *
 * <p>Whoever opens the database's file first serves it to other processes, so a server that nobody
 * looks at must not be the one that a run depends on. For the same reason a file that no run is
 * using is given up after every look, and opened again only when it has changed, or might have.
 */
final class LiveStore implements AutoCloseable {

  /** A change that came while the file was being given up is seen after this, in nanoseconds. */
  private static final long TRUST = 30_000_000_000L;

  private final Supplier<Optional<Database>> opening;
  private @Nullable Database open;
  private @Nullable RunStore store;
  private int users;
  private long lastUse;
  private boolean closed;
  private @Nullable Path given;
  private FileTime stamp = FileTime.fromMillis(0);

  LiveStore(Supplier<Optional<Database>> opening) {
    this.opening = opening;
  }

  /** Reads something; empty when there is no database yet, or this is closed. */
  <T> Optional<T> read(Function<RunStore, T> reading) {
    RunStore here = take();
    try {
      return here == null ? Optional.empty() : Optional.of(reading.apply(here));
    } finally {
      give(here);
    }
  }

  private synchronized @Nullable RunStore take() {
    if (closed) {
      return null;
    }
    RunStore here = store;
    if (here == null) {
      Database opened = opening.get().orElse(null);
      if (opened == null) {
        return null;
      }
      open = opened;
      here = new RunStore(opened);
      store = here;
    }
    users++;
    return here;
  }

  private synchronized void give(@Nullable RunStore used) {
    if (used != null) {
      users--;
      lastUse = System.nanoTime();
      notifyAll();
    }
  }

  /** Gives the database up when nobody has read for so long. */
  synchronized void closeIfIdle(long nanos) {
    if (users == 0 && System.nanoTime() - lastUse > nanos) {
      giveUp();
    }
  }

  /** Gives the database up when it is a file that nobody reads just now. */
  synchronized void giveUpFile() {
    Database here = open;
    Path file = here == null ? null : here.file().orElse(null);
    if (users == 0 && file != null) {
      giveUp();
      given = file;
      stamp = changedAt(file);
    }
  }

  /** Whether the database was given up and nothing was written to it since. */
  synchronized boolean isUnchanged() {
    Path file = given;
    return open == null
        && file != null
        && System.nanoTime() - lastUse < TRUST
        && stamp.equals(changedAt(file));
  }

  private static FileTime changedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  synchronized boolean isOpen() {
    return open != null;
  }

  private synchronized void giveUp() {
    Database here = open;
    open = null;
    store = null;
    given = null;
    if (here != null) {
      here.close();
    }
  }

  /** Waits a little for those who read. */
  @Override
  public synchronized void close() {
    closed = true;
    long end = System.nanoTime() + 5_000_000_000L;
    try {
      while (users > 0 && System.nanoTime() < end) {
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveUp();
  }
}
