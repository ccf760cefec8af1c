package dev.pacebench.tasks.archive;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a task set from a zip, tar or gzipped tar file that nobody vouches for.
 *
 * <p>Either the whole archive appears at the target or nothing does. No entry is written outside
 * the target, over another entry or through a link.
 */
public final class TaskArchive {

  private TaskArchive() {}

  /** Whether the name is that of an archive which can be unpacked. */
  public static boolean isArchive(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ArchiveReader.ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  /** The archive's file name without its ending. */
  public static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    return ArchiveReader.ENDINGS.stream()
        .filter(name.toLowerCase(Locale.ROOT)::endsWith)
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(name);
  }

  /** Unpacks within the usual limits. */
  public static void unpack(Path archive, Path target) {
    unpack(archive, target, ArchiveLimits.DEFAULT);
  }

  /**
   * Unpacks an archive.
   *
   * @param target the folder to make; one that exists already is left as it is
   * @throws TaskException naming the entry that was refused
   */
  public static void unpack(Path archive, Path target, ArchiveLimits limits) {
    if (Files.exists(target)) {
      return;
    }
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("the target has no parent: " + target);
    }
    Path scratch = null;
    try {
      Files.createDirectories(parent);
      scratch = Files.createTempDirectory(parent, "unpacking-");
      Unpacking unpacking =
          new Unpacking(archive, scratch.resolve("set"), limits, Files.size(archive));
      ArchiveReader.read(archive, unpacking);
      unpacking.makeLinks();
      Files.move(scratch.resolve("set"), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | IllegalArgumentException e) {
      // Another process may have unpacked the same archive in the meantime.
      if (!Files.isDirectory(target)) {
        throw new TaskException(
            Problem.error(
                Show.path(archive),
                "cannot be unpacked: " + Show.text(String.valueOf(e.getMessage())),
                "check that it is a whole zip or tar file, and that the disk has room"));
      }
    } finally {
      delete(scratch);
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deleter());
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(Show.path(folder), "cannot be removed: " + e.getMessage(), "remove it"));
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
