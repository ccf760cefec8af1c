package dev.pacebench.tasks.archive;

/**
 * One entry as an archive declares it; nothing in it is to be trusted.
 *
 * @param executable whether its owner may execute it
 */
record ArchiveEntry(String name, Kind kind, boolean executable) {

  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    HARD_LINK,
    SPECIAL,
    UNREADABLE
  }
}
