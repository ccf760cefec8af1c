package dev.pacebench.runner.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that a user asked for; nobody sees half of it, and one of that name is replaced
 * only by a whole one.
 */
final class ResultFile {

  private ResultFile() {}

  /**
   * Writes text in UTF-8. Links and devices are written through, as there is nothing to rename to.
   *
   * @param option names the file on the command line
   * @throws UserError when it cannot be written, with the reason
   */
  static void write(String option, Path file, String text) {
    check(option, file);
    Path whole = file.toAbsolutePath().normalize();
    String where = where(option, file);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (Files.exists(whole, NOFOLLOW_LINKS) && !Files.isRegularFile(whole, NOFOLLOW_LINKS)) {
        Files.write(whole, bytes);
      } else {
        String draft = "." + whole.getFileName() + "." + System.nanoTime() + ".part";
        replace(whole, whole.resolveSibling(draft), bytes);
      }
    } catch (IOException e) {
      throw new UserError(
          where,
          "cannot be written: "
              + (e instanceof AccessDeniedException ? "access is denied" : e.getMessage()),
          "name a file in a folder that you may write to, on a disk with room");
    }
  }

  /**
   * What can be known before there is anything to write.
   *
   * @throws UserError as {@link #write}
   */
  static void check(String option, Path file) {
    String where = where(option, file);
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || Files.isDirectory(whole)) {
      throw new UserError(where, "is a folder", "name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError(where, "its folder does not exist", "make it, or name a file elsewhere");
    }
    if (!Files.exists(whole) && !Files.isWritable(folder)) {
      throw new UserError(
          where,
          "cannot be written: access to its folder is denied",
          "name a file in a folder that you may write to, on a disk with room");
    }
  }

  private static String where(String option, Path file) {
    return option + " " + Cli.safe(file.toString(), 200);
  }

  private static void replace(Path file, Path draft, byte[] bytes) throws IOException {
    try {
      Files.write(draft, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
