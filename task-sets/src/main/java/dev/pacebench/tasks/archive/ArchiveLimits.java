package dev.pacebench.tasks.archive;

/**
 * How much an archive may unpack to.
 *
 * @param entries most entries
 * @param bytes most bytes of all files together
 * @param ratio most bytes per byte of the archive, once {@code freeBytes} are exceeded
 * @param freeBytes bytes below which the ratio does not matter
 */
public record ArchiveLimits(int entries, long bytes, int ratio, long freeBytes) {

  public static final ArchiveLimits DEFAULT = new ArchiveLimits(200_000, 16L << 30, 100, 64L << 20);

  public ArchiveLimits {
    if (entries < 1 || bytes < 1 || ratio < 1 || freeBytes < 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
