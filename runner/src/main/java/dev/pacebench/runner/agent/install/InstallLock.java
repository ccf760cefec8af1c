package dev.pacebench.runner.agent.install;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one thread of one process at a time makes a thing.
 *
 * <p>The system's lock goes with its process, so nobody waits for a dead one.
 */
final class InstallLock implements AutoCloseable {

  /** The system's locks are between processes only. */
  private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  private final ReentrantLock here;
  private final FileChannel channel;

  private InstallLock(ReentrantLock here, FileChannel channel) {
    this.here = here;
    this.channel = channel;
  }

  /** Waits until it is free. */
  static InstallLock take(Path file) throws InterruptedException, IOException {
    ReentrantLock here = here(file);
    here.lockInterruptibly();
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = open(file);
      lock = channel.lock();
      return new InstallLock(here, channel);
    } catch (FileLockInterruptionException | ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while another installs");
    } finally {
      if (lock == null) {
        giveUp(here, channel);
      }
    }
  }

  /** Takes it if it is free now. */
  static Optional<InstallLock> tryTake(Path file) throws IOException {
    ReentrantLock here = here(file);
    if (here.isHeldByCurrentThread() || !here.tryLock()) {
      return Optional.empty();
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = open(file);
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(new InstallLock(here, channel));
    } finally {
      if (lock == null) {
        giveUp(here, channel);
      }
    }
  }

  private static ReentrantLock here(Path file) {
    return HERE.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
  }

  private static FileChannel open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void giveUp(ReentrantLock here, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      here.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    giveUp(here, channel);
  }
}
