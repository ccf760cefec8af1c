package dev.pacebench.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes back folders that were made to look and hold nothing. */
final class EmptyFolders {

  private EmptyFolders() {}

  /** Removes the folder and those below it, unless a file is in any of them. */
  static void remove(Path root) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      if (deepestFirst.stream().allMatch(Files::isDirectory)) {
        for (Path folder : deepestFirst) {
          Files.delete(folder);
        }
      }
    } catch (IOException e) {
      // What stays is an empty folder.
      return;
    }
  }
}
