package dev.pacebench.sandbox;

/** A difference between a sandbox's files and its image; an absolute path inside the sandbox. */
public record Change(Kind kind, String path) {

  /** What happened to the path. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }
}
