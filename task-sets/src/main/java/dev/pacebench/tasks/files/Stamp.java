package dev.pacebench.tasks.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What the file system says of an entry without its content being read.
 *
 * <p>An entry whose stamp is what it was has the content that it had, provided that the stamp was
 * already older than the clock's steps when the content was read: even a file that is put back with
 * its old size and date gets another {@code changed}.
 *
 * @param mode kind and permissions, as the file system has them
 * @param modified when the content was changed, in nanoseconds since 1970
 * @param changed when anything was changed, in nanoseconds since 1970; no program can set it
 */
public record Stamp(int mode, long inode, long size, long modified, long changed) {

  private static final String ASKED = "unix:mode,ino,size,lastModifiedTime,ctime";
  private static final int KIND = 0170000;

  /** Reads the stamp of the entry itself, never that of what a link leads to. */
  static Stamp of(Path file) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(file, ASKED, LinkOption.NOFOLLOW_LINKS);
    return new Stamp(
        ((Number) value(attributes, "mode")).intValue(),
        ((Number) value(attributes, "ino")).longValue(),
        ((Number) value(attributes, "size")).longValue(),
        nanos((FileTime) value(attributes, "lastModifiedTime")),
        nanos((FileTime) value(attributes, "ctime")));
  }

  private static Object value(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("the file system does not tell " + name);
    }
    return value;
  }

  private static long nanos(FileTime time) {
    Instant instant = time.toInstant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  boolean isLink() {
    return (mode & KIND) == 0120000;
  }

  boolean isDirectory() {
    return (mode & KIND) == 0040000;
  }

  boolean isFile() {
    return (mode & KIND) == 0100000;
  }

  boolean isReadableByAll() {
    return (mode & 0444) == 0444;
  }

  boolean isExecutable() {
    return (mode & 0100) != 0;
  }

  /** The later of both times. */
  public long newest() {
    return Math.max(modified, changed);
  }
}
