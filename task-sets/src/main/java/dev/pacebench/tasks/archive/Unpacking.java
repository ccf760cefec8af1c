package dev.pacebench.tasks.archive;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Links;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the entries of one archive below one folder; links come last, when all files are there.
 */
final class Unpacking implements ArchiveReader.Sink {

  private final Path archive;
  private final Path folder;
  private final ArchiveLimits limits;
  private final long archiveBytes;
  private final EntryNames names = new EntryNames();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final byte[] block = new byte[1 << 16];
  private int entries;
  private long bytes;

  Unpacking(Path archive, Path folder, ArchiveLimits limits, long archiveBytes) throws IOException {
    this.archive = archive;
    this.folder = Files.createDirectory(folder);
    this.limits = limits;
    this.archiveBytes = archiveBytes;
  }

  @Override
  public void accept(ArchiveEntry entry, InputStream content) throws IOException {
    if (++entries > limits.entries()) {
      throw refused(entry.name(), "is more than the " + limits.entries() + " entries allowed");
    }
    String path;
    try {
      path = names.check(entry);
    } catch (EntryNames.Refused e) {
      throw refused(entry.name(), String.valueOf(e.getMessage()));
    }
    switch (entry.kind()) {
      case DIRECTORY -> Files.createDirectories(folder.resolve(path));
      case FILE -> write(entry, path, content);
      case LINK -> links.put(path, ArchiveReader.linkText(content));
      case HARD_LINK -> throw refused(entry.name(), "is a hard link");
      case SPECIAL -> throw refused(entry.name(), "is a device or pipe");
      case UNREADABLE -> throw refused(entry.name(), "is encrypted or packed in an unknown way");
    }
  }

  /** Makes the links that were met, after checking that none leads out. */
  void makeLinks() throws IOException {
    Links all = new Links(links);
    for (Map.Entry<String, String> link : links.entrySet()) {
      Path file = folder.resolve(link.getKey());
      if (!(all.resolve(link.getKey()) instanceof Links.Inside)
          || link.getValue().isEmpty()
          || link.getValue().indexOf('\0') >= 0) {
        throw refused(
            link.getKey(),
            "is a link to " + Show.text(link.getValue()) + ", which leads out or in a circle");
      }
      makeParent(file);
      Files.createSymbolicLink(file, file.getFileSystem().getPath(link.getValue()));
    }
  }

  private void write(ArchiveEntry entry, String path, InputStream content) throws IOException {
    if (path.isEmpty()) {
      throw refused(entry.name(), "is a file without a name");
    }
    Path file = folder.resolve(path);
    makeParent(file);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int read = content.read(block); read >= 0; read = content.read(block)) {
        bytes += read;
        if (bytes > limits.bytes()
            || (bytes > limits.freeBytes() && bytes / limits.ratio() > archiveBytes)) {
          throw refused(
              entry.name(), "makes the archive unpack to more than is sane (" + bytes + " bytes)");
        }
        out.write(block, 0, read);
      }
    }
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(entry.executable() ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void makeParent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private TaskException refused(String entry, String what) {
    return new TaskException(
        Problem.error(
            Show.path(archive),
            "the entry \"" + Show.text(entry) + "\" " + what,
            "pack the set again from plain files, folders and links that stay inside"));
  }
}
