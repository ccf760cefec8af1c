package dev.pacebench.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * What a build gets to see: the files of a folder without those that {@code .dockerignore} leaves
 * out and those that are hidden, in path order, links as links.
 */
final class BuildContext {

  private final Path root;
  private final Path dockerfile;
  private final TreeMap<String, Path> entries;
  private final boolean hides;

  private BuildContext(Path root, Path dockerfile, TreeMap<String, Path> entries, boolean hides) {
    this.root = root;
    this.dockerfile = dockerfile;
    this.entries = entries;
    this.hides = hides;
  }

  static BuildContext of(Path root, Path dockerfile) throws IOException {
    return of(root, dockerfile, path -> false);
  }

  static BuildContext of(Path root, Path dockerfile, Predicate<Path> hidden) throws IOException {
    boolean[] hides = {false};
    DockerIgnore ignore = DockerIgnore.read(root, dockerfile);
    TreeMap<String, Path> entries = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            add(dir);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
              add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          private void add(Path path) {
            String name = root.relativize(path).toString();
            if (!name.isEmpty() && hidden.test(Path.of(name))) {
              hides[0] = true;
            } else if (!name.isEmpty() && !ignore.excludes(name)) {
              entries.put(name, path);
            }
          }
        });
    return new BuildContext(root, dockerfile, entries, hides[0]);
  }

  /** Whether something of the folder is hidden, so that no builder may be sent there itself. */
  boolean hides() {
    return hides;
  }

  Path root() {
    return root;
  }

  /** Paths relative to the context. */
  Iterable<String> names() {
    return entries.keySet();
  }

  boolean holds(String name) {
    return name.isEmpty() || entries.containsKey(name);
  }

  /** The Dockerfile as the engine finds it. */
  String dockerfileName() {
    return root.relativize(dockerfile).toString();
  }

  /** SHA-256 over the Dockerfile and all entries: paths, kinds, exec bits, bytes, link targets. */
  String digest() throws IOException {
    MessageDigest digest = sha256();
    feed(digest, "dockerfile", Files.readAllBytes(dockerfile));
    for (Map.Entry<String, Path> entry : entries.entrySet()) {
      Path path = entry.getValue();
      if (Files.isSymbolicLink(path)) {
        byte[] target = Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
        feed(digest, "link " + entry.getKey(), target);
      } else if (Files.isDirectory(path)) {
        feed(digest, "directory " + entry.getKey(), new byte[0]);
      } else {
        String kind = Files.isExecutable(path) ? "program " : "file ";
        digest.update(
            (kind + entry.getKey() + "\0" + Files.size(path) + "\0")
                .getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(path)) {
          byte[] buffer = new byte[1 << 16];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void feed(MessageDigest digest, String name, byte[] bytes) {
    digest.update((name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String sha256(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Copies the context, with its Dockerfile, into an existing folder. */
  void copyTo(Path folder) throws IOException {
    for (Map.Entry<String, Path> entry : entries.entrySet()) {
      Path target = folder.resolve(entry.getKey());
      if (Files.isDirectory(entry.getValue(), LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(target);
      } else {
        copy(entry.getValue(), target);
      }
    }
    if (!entries.containsKey(dockerfileName())) {
      copy(dockerfile, folder.resolve(dockerfileName()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(requireNonNull(to.getParent(), "a file lies in a folder"));
    Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Writes the context as the engine wants it; the Dockerfile is part of it in any case. */
  void writeTo(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = Tars.output(out)) {
      for (Map.Entry<String, Path> entry : entries.entrySet()) {
        Tars.add(tar, entry.getValue(), entry.getKey(), false);
      }
      if (!entries.containsKey(dockerfileName())) {
        Tars.add(tar, dockerfile, dockerfileName(), false);
      }
    }
  }
}
