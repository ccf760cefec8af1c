package dev.pacebench.tasks.files;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One file, folder or symbolic link below a task's folder.
 *
 * @param path relative to the task's folder, with {@code /} between names
 * @param file where it is
 * @param executable whether the owner may execute it; files only
 * @param linkTarget the link's own text, links only
 * @param stamp what the file system said of it
 */
public record TreeEntry(
    String path, Path file, Kind kind, boolean executable, Optional<String> linkTarget, Stamp stamp)
    implements Comparable<TreeEntry> {

  /** What an entry is. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  public TreeEntry {
    requireNonNull(file, "file is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(stamp, "stamp is null");
    if (path.isEmpty() || path.startsWith("/")) {
      throw new IllegalArgumentException("not a relative path: " + path);
    }
    if (linkTarget.isPresent() != (kind == Kind.LINK)) {
      throw new IllegalArgumentException("links, and only links, have a target: " + path);
    }
  }

  /** Whether the entry is the given folder or lies below it. */
  public boolean isIn(String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** Orders by the bytes of the path, which no locale changes. */
  @Override
  public int compareTo(TreeEntry other) {
    int length = Math.min(path.length(), other.path.length());
    for (int i = 0; i < length; i++) {
      char mine = path.charAt(i);
      char others = other.path.charAt(i);
      if (mine != others && mine < 0x80 && others < 0x80) {
        return Character.compare(mine, others);
      }
      if (mine >= 0x80 || others >= 0x80) {
        return compareBytes(other);
      }
    }
    return Integer.compare(path.length(), other.path.length());
  }

  private int compareBytes(TreeEntry other) {
    return Arrays.compareUnsigned(bytes(path), bytes(other.path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
