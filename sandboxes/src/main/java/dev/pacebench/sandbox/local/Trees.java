package dev.pacebench.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Host folders: trusted ones are copied, dead ones removed. */
final class Trees {

  static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private Trees() {}

  static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, FOLDER);
  }

  /**
   * Copies a file, link or folder of the host to a place that does not exist yet; an existing
   * folder is merged into.
   *
   * @param mode permissions of files in place of their own
   */
  static void copy(Path from, Path to, Mode mode) throws IOException {
    if (Files.isSymbolicLink(from)) {
      Files.deleteIfExists(to);
      Files.createSymbolicLink(to, Files.readSymbolicLink(from));
    } else if (Files.isDirectory(from)) {
      makeFolder(to);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
        for (Path entry : entries) {
          copy(entry, to.resolve(entry.getFileName().toString()), mode);
        }
      }
      mode.folder(to);
    } else if (Files.isRegularFile(from)) {
      Files.deleteIfExists(to);
      Files.copy(from, to);
      Files.setPosixFilePermissions(to, mode.file(Files.isExecutable(from)));
    }
  }

  /** Which permissions copies get. */
  interface Mode {
    Set<PosixFilePermission> file(boolean executable);

    default void folder(Path folder) throws IOException {}

    /** The source's exec bit, or that of all. */
    static Mode executable(boolean all) {
      return executable -> all || executable ? FOLDER : FILE;
    }

    /** Fixed permissions, as {@code COPY --chmod} asks. */
    static Mode fixed(Set<PosixFilePermission> permissions) {
      return new Mode() {
        @Override
        public Set<PosixFilePermission> file(boolean executable) {
          return permissions;
        }

        @Override
        public void folder(Path folder) throws IOException {
          // Folders stay passable for us: more is copied into them.
          Set<PosixFilePermission> wider = EnumSet.copyOf(OWNER);
          wider.addAll(permissions);
          Files.setPosixFilePermissions(folder, wider);
        }
      };
    }
  }

  /**
   * Removes a tree in which nothing runs any more; folders without permissions get them first,
   * links are removed and never followed.
   */
  static void remove(Path tree) {
    try {
      if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(tree, OWNER);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tree)) {
          for (Path entry : entries) {
            remove(entry);
          }
        }
      }
      Files.deleteIfExists(tree);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + tree, e);
    }
  }
}
