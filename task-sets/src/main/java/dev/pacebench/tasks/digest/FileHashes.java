package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The SHA-256 of each file of one tree, read once though several digests ask. */
final class FileHashes {

  private final Map<String, byte[]> known = new HashMap<>();

  byte[] of(TreeEntry file) {
    return known.computeIfAbsent(file.path(), path -> read(file));
  }

  private static byte[] read(TreeEntry file) {
    try {
      return Sha256.of(file.file());
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(Show.path(file.file()), "cannot be read: " + e.getMessage(), "try again"));
    }
  }
}
