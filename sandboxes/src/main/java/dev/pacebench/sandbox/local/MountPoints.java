package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The empty folders in a sandbox's root over which folders of this host are bound.
 *
 * <p>A sandbox may rename what is above them. It is bound again after a freeze, by a program that
 * would follow a link in that place; so what is no longer a plain folder is not bound any more.
 */
final class MountPoints {

  private final RootFiles files;
  private final List<Mount> mounts;

  private MountPoints(RootFiles files, List<Mount> mounts) {
    this.files = files;
    this.mounts = mounts;
  }

  /**
   * Makes the folders.
   *
   * @throws SandboxException of kind BAD_REQUEST for a mount that has no place or no source
   */
  static MountPoints make(LocalHome home, List<Mount> mounts) throws IOException {
    MountPoints points = new MountPoints(new RootFiles(home.root()), List.copyOf(mounts));
    for (Mount mount : mounts) {
      if (!Files.isDirectory(mount.source())) {
        throw bad("there is no folder " + mount.source() + " to mount", "make it first");
      }
      List<Path> parts = points.files.resolve(mount.target());
      if (!points.isItself(mount, parts) || !makeFolder(points.files, parts, home.stage())) {
        throw bad(
            mount.target() + " is no place for a mount: it is read-only or a part of it is a link",
            "choose another, such as one below /opt");
      }
    }
    return points;
  }

  private static boolean makeFolder(RootFiles files, List<Path> parts, Path stage)
      throws IOException {
    try (SecureDirectoryStream<Path> folder = files.folder(parts, stage)) {
      return folder != null;
    } catch (FileSystemException e) {
      if (RootFiles.isDoingOfSandbox(e)) {
        return false;
      }
      throw e;
    }
  }

  private boolean isItself(Mount mount, List<Path> parts) {
    Path resolved = Path.of("/");
    for (Path part : parts) {
      resolved = resolved.resolve(part);
    }
    return resolved.toString().equals(mount.target())
        && Root.READ_ONLY.stream().noneMatch(resolved::startsWith);
  }

  /** Those whose folder is still in its place; nothing may run in the sandbox meanwhile. */
  List<Mount> intact() {
    List<Mount> intact = new ArrayList<>();
    for (Mount mount : mounts) {
      try {
        List<Path> parts = files.resolve(mount.target());
        if (isItself(mount, parts)
            && Files.isDirectory(files.below(parts), LinkOption.NOFOLLOW_LINKS)) {
          intact.add(mount);
        }
      } catch (IOException | SandboxException e) {
        // Links in circles and the like: the sandbox's doing.
        continue;
      }
    }
    return intact;
  }

  /** Places that take no files. */
  List<Path> targets() {
    return mounts.stream().map(mount -> Path.of(mount.target())).toList();
  }

  private static SandboxException bad(String what, String remedy) {
    return new SandboxException(Kind.BAD_REQUEST, what, remedy);
  }
}
