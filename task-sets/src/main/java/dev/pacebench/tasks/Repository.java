package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where the repository of a task comes from. */
public sealed interface Repository {

  /**
   * A plain folder; it becomes a repository with one commit.
   *
   * @param directory its files, without any {@code .git}
   */
  record Folder(Path directory) implements Repository {
    public Folder {
      requireNonNull(directory, "directory is null");
    }
  }

  /**
   * A bundle with history, of which only what led to the base commit is ever shown.
   *
   * @param file the bundle
   * @param baseCommit full hash of the commit to start from
   */
  record Bundle(Path file, String baseCommit) implements Repository {
    public Bundle {
      requireNonNull(file, "file is null");
      requireNonNull(baseCommit, "baseCommit is null");
    }
  }

  /**
   * In the image already.
   *
   * @param baseCommit full hash of the commit to start from, or of one that led to it
   * @param checkout whether the base commit is checked out; else the image's own state is the base
   */
  record InImage(String baseCommit, boolean checkout) implements Repository {
    public InImage {
      requireNonNull(baseCommit, "baseCommit is null");
    }
  }
}
