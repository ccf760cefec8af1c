package dev.pacebench.runner.agent.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in a folder.
 *
 * @param digest SHA-256 over the sorted paths with sizes, links' targets, or contents
 */
record FolderListing(long files, long bytes, String digest) {

  private static final int CHUNK = 1 << 16;

  /** By path and size: quick, and enough to notice what is missing or was cut off. */
  static FolderListing bySize(Path folder) throws IOException {
    return of(folder, false);
  }

  /** By path and content. */
  static FolderListing byContent(Path folder) throws IOException {
    return of(folder, true);
  }

  private static FolderListing of(Path folder, boolean content) throws IOException {
    MessageDigest digest = Sha256.fresh();
    long files = 0;
    long bytes = 0;
    for (Path file : sorted(folder)) {
      String kind;
      if (Files.isSymbolicLink(file)) {
        kind = "link " + Files.readSymbolicLink(file);
      } else if (Files.isDirectory(file)) {
        kind = "folder";
      } else {
        long size = Files.size(file);
        kind = "file " + size + (Files.isExecutable(file) ? " x" : "");
        files++;
        bytes += size;
      }
      digest.update((folder.relativize(file) + "\0" + kind + "\0").getBytes(UTF_8));
      if (content && kind.startsWith("file")) {
        addContent(file, digest);
      }
    }
    return new FolderListing(files, bytes, Sha256.hex(digest));
  }

  private static void addContent(Path file, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
  }

  /** Sees to it that all of a folder is on the disk. */
  static void sync(Path folder) throws IOException {
    for (Path file : sorted(folder)) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        syncOne(file);
      }
    }
    syncOne(folder);
  }

  static void syncOne(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).sorted().toList();
    }
  }
}
