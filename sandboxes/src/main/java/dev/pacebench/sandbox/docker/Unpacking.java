package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what came out of a sandbox into a fresh folder, believing nothing.
 *
 * <p>Names stay below the folder; links are made last, so that nothing is ever written through one,
 * and only those that point to something inside; devices and the like are left out.
 */
final class Unpacking {

  private static final int MOST_ENTRIES = 200_000;

  private final Path target;
  private final long maxBytes;
  private final Map<Path, Path> links = new LinkedHashMap<>();
  private long bytes;
  private int entries;

  Unpacking(Path target, long maxBytes) {
    this.target = target.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
  }

  void unpack(InputStream archive) throws IOException {
    Files.createDirectories(target);
    TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8");
    TarArchiveEntry first = tar.getNextEntry();
    if (first == null) {
      return;
    }
    boolean folder = first.isDirectory();
    for (TarArchiveEntry entry = first; entry != null; entry = tar.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw refused("more than " + MOST_ENTRIES + " files");
      }
      Path place = place(entry.getName(), folder);
      if (place != null) {
        add(tar, entry, place, folder);
      }
    }
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      if (!Files.exists(link.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link.getKey(), link.getValue());
      }
    }
  }

  /** Where an entry goes; null for the folder itself. */
  private @Nullable Path place(String name, boolean folder) throws IOException {
    String clean = name.replaceAll("/+$", "");
    int slash = clean.indexOf('/');
    // The first component is the name of what was asked for; a folder's content goes in directly.
    String below = folder ? (slash < 0 ? "" : clean.substring(slash + 1)) : clean;
    if (below.isEmpty()) {
      return null;
    }
    Path place;
    try {
      place = target.resolve(below).normalize();
    } catch (java.nio.file.InvalidPathException e) {
      throw refused("a name that no file here can have");
    }
    if (!place.startsWith(target) || place.equals(target)) {
      throw refused("a name that leads out");
    }
    return place;
  }

  private void add(TarArchiveInputStream tar, TarArchiveEntry entry, Path place, boolean folder)
      throws IOException {
    Files.createDirectories(place.getParent());
    if (entry.isDirectory()) {
      Files.createDirectories(place);
    } else if (entry.isSymbolicLink()) {
      addLink(entry.getLinkName(), place);
    } else if (entry.isLink()) {
      Path original = place(entry.getLinkName(), folder);
      if (original != null && Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS)) {
        count(Files.size(original));
        Files.copy(original, place);
      }
    } else if (entry.isFile()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()) {
      write(tar, place, (entry.getMode() & 0111) != 0);
    }
  }

  private void addLink(String to, Path place) {
    if (to.startsWith("/") || climbsLate(to)) {
      return;
    }
    Path end = place.resolveSibling(to).normalize();
    if (end.startsWith(target)) {
      links.put(place, Path.of(to));
    }
  }

  /**
   * Behind another link ".." need not lead where the text says; in front it starts from a folder.
   */
  private static boolean climbsLate(String link) {
    boolean down = false;
    for (String part : link.split("/")) {
      if (part.equals("..") && down) {
        return true;
      }
      down |= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    return false;
  }

  private void write(InputStream in, Path place, boolean executable) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            place,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(n);
        out.write(buffer, 0, n);
      }
    }
    if (executable) {
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void count(long more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw refused("more than " + maxBytes + " bytes");
    }
  }

  private static SandboxException refused(String what) {
    return new SandboxException(
        Kind.BAD_REQUEST,
        "what the sandbox gives out holds " + what,
        "see what the agent or the task wrote there");
  }
}
