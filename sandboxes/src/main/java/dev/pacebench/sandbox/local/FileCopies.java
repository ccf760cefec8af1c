package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Copies files into and out of a root folder that hostile processes share.
 *
 * <p>In: the tree is built in a folder of our own and moved in by rename, so no byte is ever
 * written through a name that the sandbox controls. Out: regular files, folders and links that stay
 * inside the copy; what vanishes or cannot be read meanwhile is left out.
 */
final class FileCopies {

  private static final int MAX_FILES = 500_000;
  private static final int MAX_DEPTH = 200;
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final RootFiles files;
  private final Path stage;
  private final List<Path> readOnly;

  FileCopies(RootFiles files, Path stage, List<Path> more) {
    this.files = files;
    this.stage = stage;
    readOnly = new ArrayList<>(Root.READ_ONLY);
    readOnly.addAll(more);
  }

  synchronized void put(Path source, String target, boolean executable) throws IOException {
    Path name = Path.of("content");
    Path staged = stage.resolve(name);
    Trees.remove(staged);
    Trees.copy(source, staged, Trees.Mode.executable(executable));
    List<Path> components = files.resolve(target);
    checkWritable(components, target);
    try {
      if (Files.isDirectory(staged)) {
        try (SecureDirectoryStream<Path> to = files.folder(components, stage);
            SecureDirectoryStream<Path> from = RootFiles.open(staged)) {
          merge(from, to);
        }
      } else {
        if (components.isEmpty()) {
          throw bad("a file cannot take the place of " + target);
        }
        int last = components.size() - 1;
        try (SecureDirectoryStream<Path> to = files.folder(components.subList(0, last), stage);
            SecureDirectoryStream<Path> from = RootFiles.open(stage)) {
          place(from, name, to, components.get(last));
        }
      }
    } catch (FileSystemException e) {
      if (RootFiles.isDoingOfSandbox(e)) {
        throw bad("the sandbox's files are in the way of " + target + ": " + e.getMessage());
      }
      throw e;
    } finally {
      Trees.remove(staged);
    }
  }

  boolean get(String source, Path target, long maxBytes) throws IOException {
    List<Path> components = files.resolve(source);
    Out out = new Out(maxBytes);
    if (components.isEmpty()) {
      try (SecureDirectoryStream<Path> folder = files.folder(components)) {
        Files.createDirectories(target);
        out.folder(folder, files.below(components), target, 0);
        return true;
      }
    }
    int last = components.size() - 1;
    Path name = components.get(last);
    try (SecureDirectoryStream<Path> parent = files.folder(components.subList(0, last))) {
      BasicFileAttributes facts = RootFiles.facts(parent, name);
      Files.createDirectories(target);
      if (!facts.isDirectory()) {
        out.entry(parent, name, facts, files.below(components), target.resolve(name), 0);
        return true;
      }
      try (SecureDirectoryStream<Path> folder =
          parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        out.folder(folder, files.below(components), target, 0);
      }
      return true;
    } catch (FileSystemException e) {
      if (RootFiles.isDoingOfSandbox(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Moves everything over; folders that exist are merged, anything else is replaced. */
  private static void merge(SecureDirectoryStream<Path> from, SecureDirectoryStream<Path> to)
      throws IOException {
    List<Path> names = new ArrayList<>();
    from.forEach(entry -> names.add(entry.getFileName()));
    for (Path name : names) {
      place(from, name, to, name);
    }
  }

  private static void place(
      SecureDirectoryStream<Path> from, Path name, SecureDirectoryStream<Path> to, Path as)
      throws IOException {
    boolean folder = RootFiles.facts(from, name).isDirectory();
    if (RootFiles.exists(to, as)) {
      boolean folderThere = RootFiles.facts(to, as).isDirectory();
      if (folder && folderThere) {
        try (SecureDirectoryStream<Path> below =
                from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            SecureDirectoryStream<Path> belowTo =
                to.newDirectoryStream(as, LinkOption.NOFOLLOW_LINKS)) {
          merge(below, belowTo);
        }
        return;
      }
      if (folder) {
        to.deleteFile(as);
      } else if (folderThere) {
        to.deleteDirectory(as);
      }
    }
    from.move(name, to, as);
  }

  private void checkWritable(List<Path> components, String target) {
    Path resolved = Path.of("/");
    for (Path part : components) {
      resolved = resolved.resolve(part);
    }
    if (readOnly.stream().anyMatch(resolved::startsWith)) {
      throw bad(target + " is read-only in the local sandbox");
    }
  }

  private static SandboxException bad(String what) {
    return new SandboxException(
        Kind.BAD_REQUEST, what, "choose another place, or use --sandbox docker");
  }

  /** One copy on its way out. */
  private static final class Out {
    private final long maxBytes;
    private final byte[] buffer = new byte[1 << 16];
    private long bytes;
    private int count;

    Out(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    /**
     * Copies a folder's content.
     *
     * @param guess where the open folder probably is, good for nothing but the text of links
     */
    void folder(SecureDirectoryStream<Path> from, Path guess, Path to, int depth)
        throws IOException {
      if (depth > MAX_DEPTH) {
        throw bad("folders are nested more than " + MAX_DEPTH + " deep");
      }
      for (Path entry : (DirectoryStream<Path>) from) {
        Path name = entry.getFileName();
        try {
          BasicFileAttributes facts = RootFiles.facts(from, name);
          entry(from, name, facts, guess.resolve(name), to.resolve(name), depth);
        } catch (FileSystemException e) {
          if (!RootFiles.isDoingOfSandbox(e)) {
            throw e;
          }
        }
      }
    }

    void entry(
        SecureDirectoryStream<Path> from,
        Path name,
        BasicFileAttributes facts,
        Path guess,
        Path to,
        int depth)
        throws IOException {
      if (++count > MAX_FILES) {
        throw bad("more than " + MAX_FILES + " files");
      }
      if (facts.isSymbolicLink()) {
        Path link = Files.readSymbolicLink(guess);
        if (staysInside(link, depth)) {
          Files.createSymbolicLink(to, link);
        }
      } else if (facts.isDirectory()) {
        Files.createDirectories(to);
        try (SecureDirectoryStream<Path> below =
            from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          folder(below, guess, to, depth + 1);
        }
      } else if (facts.isRegularFile()) {
        file(from, name, to);
      }
    }

    /**
     * Whether a link in a folder so deep leads into the copy. A step up is only allowed at the
     * start, where it leaves folders that we made ourselves, and not behind another link.
     */
    private static boolean staysInside(Path link, int depth) {
      if (link.isAbsolute()) {
        return false;
      }
      int up = 0;
      boolean down = false;
      for (Path part : link) {
        boolean step = part.toString().equals("..");
        if (step && (down || ++up > depth)) {
          return false;
        }
        down |= !step && !part.toString().equals(".");
      }
      return true;
    }

    private void file(SecureDirectoryStream<Path> from, Path name, Path to) throws IOException {
      try (SeekableByteChannel in =
              from.newByteChannel(
                  name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
          SeekableByteChannel out =
              Files.newByteChannel(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer piece = ByteBuffer.wrap(buffer);
        while (in.read(piece.clear()) >= 0) {
          bytes += piece.position();
          if (bytes > maxBytes) {
            throw bad("more than " + maxBytes + " bytes");
          }
          piece.flip();
          while (piece.hasRemaining()) {
            out.write(piece);
          }
        }
      }
      var view =
          from.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE)) {
        Files.setPosixFilePermissions(to, EXECUTABLE);
      }
    }
  }
}
