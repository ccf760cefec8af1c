package dev.pacebench.tasks.sets;

import static java.util.Objects.requireNonNull;

/**
 * How a set came to its name in a home, and what it was then.
 *
 * @param version of this form
 * @param source the absolute path it was imported from
 * @param digest the set's digest when it was imported; what is read must still have it
 */
public record ImportRecord(int version, Mode mode, String source, String digest, String format) {

  /** Written now; a higher one comes from a newer Pacebench. */
  static final int VERSION = 1;

  /** What was imported. */
  public enum Mode {
    /** The home has files of its own. */
    COPY,
    /** The home knows where the files are. */
    REFERENCE
  }

  public ImportRecord {
    requireNonNull(mode, "mode is null");
    requireNonNull(source, "source is null");
    requireNonNull(digest, "digest is null");
    requireNonNull(format, "format is null");
  }
}
