package dev.pacebench.sandbox.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar archives that belong to root and hold files, folders and links only. */
final class Tars {

  private static final int PROGRAM = 0755;
  private static final int PLAIN = 0644;

  private Tars() {}

  static TarArchiveOutputStream output(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  /** Adds one path, not what it holds. */
  static void add(TarArchiveOutputStream tar, Path path, String name, boolean executable)
      throws IOException {
    TarArchiveEntry entry;
    if (Files.isSymbolicLink(path)) {
      entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(path).toString());
    } else if (Files.isDirectory(path)) {
      entry = new TarArchiveEntry(name + "/");
      entry.setMode(TarArchiveEntry.DEFAULT_DIR_MODE & ~0777 | PROGRAM);
    } else {
      entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(path));
      entry.setMode(
          TarArchiveEntry.DEFAULT_FILE_MODE & ~0777
              | (executable || Files.isExecutable(path) ? PROGRAM : PLAIN));
    }
    entry.setIds(0, 0);
    entry.setModTime(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
    tar.putArchiveEntry(entry);
    if (entry.isFile() && !entry.isSymbolicLink()) {
      Files.copy(path, tar);
    }
    tar.closeArchiveEntry();
  }

  static void add(TarArchiveOutputStream tar, String name, byte[] bytes, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE & ~0777 | mode);
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  static void addDirectory(TarArchiveOutputStream tar, String name, int mode) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name + "/");
    entry.setMode(TarArchiveEntry.DEFAULT_DIR_MODE & ~0777 | mode);
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
