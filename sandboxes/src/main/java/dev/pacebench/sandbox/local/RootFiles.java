package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Ways into a root folder in which hostile processes may change anything at any moment.
 *
 * <p>A path is first resolved as the sandbox would, which is only a guess; then it is walked one
 * component at a time from the open parent, and a link in any place fails. So a change in between
 * can make a call fail, and never lead out of the root.
 */
final class RootFiles {

  private static final int MAX_LINKS = 40;

  private final Path root;

  RootFiles(Path root) {
    this.root = root;
  }

  /** An open folder. */
  static SecureDirectoryStream<Path> open(Path trusted) throws IOException {
    var stream = Files.newDirectoryStream(trusted);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new SandboxException(
        Kind.UNAVAILABLE,
        "the file system of " + trusted + " has no safe way to walk folders",
        "put the home folder on a local Linux file system");
  }

  /** Facts about an entry itself, never about what a link leads to. */
  static BasicFileAttributes facts(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** The components of a path inside with all links resolved, as far as it exists. */
  List<Path> resolve(String path) throws IOException {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.BAD_REQUEST, "not an absolute path: " + path, "name an absolute path");
    }
    Deque<Path> left = new ArrayDeque<>();
    Path.of(path).forEach(left::addLast);
    List<Path> done = new ArrayList<>();
    int links = 0;
    while (!left.isEmpty()) {
      Path part = left.removeFirst();
      if (part.toString().isEmpty() || part.toString().equals(".")) {
        continue;
      }
      if (part.toString().equals("..")) {
        if (!done.isEmpty()) {
          done.remove(done.size() - 1);
        }
        continue;
      }
      Path guess = below(done).resolve(part);
      if (!Files.isSymbolicLink(guess)) {
        done.add(part);
        continue;
      }
      if (++links > MAX_LINKS) {
        throw new SandboxException(
            Kind.BAD_REQUEST, "too many links in " + path, "name a path without a link loop");
      }
      Path target = Files.readSymbolicLink(guess);
      if (target.isAbsolute()) {
        done.clear();
      }
      List<Path> parts = new ArrayList<>();
      target.forEach(parts::add);
      for (int i = parts.size() - 1; i >= 0; i--) {
        left.addFirst(parts.get(i));
      }
    }
    return done;
  }

  /** Opens a resolved folder. */
  SecureDirectoryStream<Path> folder(List<Path> components) throws IOException {
    return folder(components, null);
  }

  /**
   * Opens a resolved folder, making what is missing.
   *
   * @param stage an empty folder on the same file system that only this process uses; folders are
   *     made there and moved in, since there is no way to make one below an open folder
   */
  SecureDirectoryStream<Path> folder(
      List<Path> components, @org.jspecify.annotations.Nullable Path stage) throws IOException {
    SecureDirectoryStream<Path> at = open(root);
    try {
      for (Path part : components) {
        if (stage != null && !exists(at, part)) {
          moveIn(stage, at, part);
        }
        SecureDirectoryStream<Path> next = at.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
        at.close();
        at = next;
      }
      return at;
    } catch (IOException | RuntimeException e) {
      at.close();
      throw e;
    }
  }

  static boolean exists(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      facts(parent, name);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether an error says that the sandbox itself is in the way, not this machine. */
  static boolean isDoingOfSandbox(FileSystemException e) {
    String reason = String.valueOf(e.getReason());
    return e instanceof NoSuchFileException
        || e instanceof NotDirectoryException
        || e instanceof java.nio.file.AccessDeniedException
        || e instanceof java.nio.file.FileAlreadyExistsException
        || e instanceof java.nio.file.DirectoryNotEmptyException
        || reason.contains("symbolic links")
        || reason.contains("Not a directory")
        || reason.contains("Is a directory");
  }

  private static void moveIn(Path stage, SecureDirectoryStream<Path> to, Path name)
      throws IOException {
    Path made = stage.resolve("new");
    Trees.makeFolder(made);
    try (SecureDirectoryStream<Path> from = open(stage)) {
      from.move(made.getFileName(), to, name);
    }
  }

  /** Where a resolved path probably is on the host. */
  Path below(List<Path> components) {
    Path path = root;
    for (Path part : components) {
      path = path.resolve(part);
    }
    return path;
  }
}
