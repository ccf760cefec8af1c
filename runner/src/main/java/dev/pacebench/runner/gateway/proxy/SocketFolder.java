package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.InfrastructureError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of a door's socket, which belongs to the door and its relay alone.
 *
 * <p>Only the owner gets in, and the relay runs as the owner. A socket that an ended gateway left
 * behind is removed; anything else in its place is an error.
 */
final class SocketFolder {

  /** The kernel's limit is 108 with the end mark; some systems have 104. */
  private static final int LONGEST = 100;

  private static final String REMEDY =
      "choose a home with a shorter path on a local disk, with --home";

  private SocketFolder() {}

  static void prepare(Path socket) {
    Path path = socket.toAbsolutePath();
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new InfrastructureError(
          path + ": a socket's path may have " + LONGEST + " bytes", REMEDY);
    }
    try {
      Path folder = path.getParent();
      if (folder == null) {
        throw new InfrastructureError(path + ": a socket needs a folder of its own", REMEDY);
      }
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        BasicFileAttributes found =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isOther()) {
          throw new InfrastructureError(
              path + ": there is something that is no socket", "move it away");
        }
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new InfrastructureError(path + ": cannot make a socket: " + e.getMessage(), REMEDY, e);
    }
  }

  static void restrict(Path socket) {
    try {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new InfrastructureError(socket + ": " + e.getMessage(), REMEDY, e);
    }
  }

  static void remove(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      // Nobody listens there any more; the next door in this folder removes it.
    }
  }
}
