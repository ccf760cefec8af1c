package dev.pacebench.runner.evidence;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must reach the disk in a known order. */
final class Disk {

  private static final boolean SYNCS_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  /** File work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private Disk() {}

  /**
   * Does work to its end although the thread is interrupted, which would close channels under it;
   * the interrupt is heard afterwards. The work must do no harm when it is begun anew.
   */
  static void withoutInterrupts(Work work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          work.run();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Brings a file's or folder's own content to the disk. */
  static void sync(Path path) throws IOException {
    if (Files.isDirectory(path) && !SYNCS_FOLDERS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Syncs a folder with all below it, links left as they are. */
  static void syncTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              allow(file, PosixFilePermission.OWNER_READ);
              sync(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            sync(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Renames within one folder, at once and for good. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path parent = to.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /** Removes a file or a folder with all below it; what is gone already is fine. */
  static void remove(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            allow(
                folder,
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            if (failure instanceof AccessDeniedException && Files.isDirectory(file)) {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Adds permissions that what came out of a sandbox may lack. */
  private static void allow(Path path, PosixFilePermission... wanted) {
    try {
      Set<PosixFilePermission> has = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
      Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
      all.addAll(has);
      if (all.addAll(Set.of(wanted))) {
        Files.setPosixFilePermissions(path, all);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Whatever follows fails with the reason.
    }
  }
}
