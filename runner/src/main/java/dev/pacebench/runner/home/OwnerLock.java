package dev.pacebench.runner.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.runner.UserError;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock that keeps a home to one runner.
 *
 * <p>Both halves must be free: the operating system's lock on the file, which decides between two
 * that come at once, and the owner written in it, which also holds on shared disks and where the
 * system's lock was dropped. Only an owner proven dead is taken over. The file itself stays.
 */
public final class OwnerLock implements AutoCloseable {

  private final FileChannel channel;
  private final FileLock lock;

  private OwnerLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the home where needed and takes its lock, over a dead owner's if need be.
   *
   * @throws UserError when another runner holds it
   */
  public static OwnerLock take(Home home, Owner self) {
    HomeFolders.make(home);
    Path file = home.lockFile();
    FileChannel channel = null;
    OwnerLock taken = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      Optional<Owner> holder = OwnerJson.read(read(channel));
      if (lock == null) {
        throw refusal(file, holder);
      }
      // A file lock of another host may not reach us, so the name in the file counts as well.
      if (holder.isPresent() && !holder.get().equals(self) && !holder.get().isDead()) {
        throw refusal(file, holder);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((OwnerJson.write(self) + "\n").getBytes(UTF_8)), 0);
      channel.force(true);
      taken = new OwnerLock(channel, lock);
      return taken;
    } catch (IOException e) {
      throw HomeFolders.explain(file, e);
    } finally {
      if (taken == null && channel != null) {
        closeQuietly(channel);
      }
    }
  }

  /** Who holds, or held last, the lock; for messages. */
  public static Optional<Owner> holder(Home home) {
    try {
      return OwnerJson.read(Files.readString(home.lockFile()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Gives the lock back; the file stays, empty. */
  @Override
  public void close() {
    try {
      channel.truncate(0);
      lock.release();
    } catch (IOException e) {
      // The lock goes with the process, and a dead owner's name hinders nobody.
    } finally {
      closeQuietly(channel);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), UTF_8);
  }

  private static UserError refusal(Path file, Optional<Owner> holder) {
    String who = holder.map(Owner::toString).orElse("another process");
    boolean elsewhere = holder.isPresent() && !holder.get().isOfThisHost();
    return new UserError(
        file.toString(),
        "this home is in use by the runner " + who,
        elsewhere
            ? "wait for it or stop it there; if that machine is gone for good, delete "
                + file
                + "; or use another --home"
            : "wait for it, stop it with Ctrl-C, or use another --home; `pacebench status latest`"
                + " shows how far it is");
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written that could be lost.
    }
  }
}
