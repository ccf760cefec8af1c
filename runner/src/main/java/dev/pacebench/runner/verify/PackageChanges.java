package dev.pacebench.runner.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What Debian's package manager changed in a sandbox: files of packages whose version differs from
 * the image's, with the checksums that the package brought.
 *
 * <p>Reads two copies of {@code /var/lib/dpkg}. The sandbox's copy is untrusted: somebody with root
 * could forge a package entry. That takes more than replacing a program and leaves a new package
 * name or version in the record; it is not proof against a determined root, which only a separate
 * verifier is.
 */
final class PackageChanges {

  private final Map<String, String> md5ByPath;

  private PackageChanges(Map<String, String> md5ByPath) {
    this.md5ByPath = md5ByPath;
  }

  static PackageChanges none() {
    return new PackageChanges(Map.of());
  }

  /** Compares two copies of the dpkg folder. */
  static PackageChanges between(Path imageDpkg, Path sandboxDpkg) throws IOException {
    Map<String, String> before = versions(imageDpkg.resolve("status"));
    Map<String, String> after = versions(sandboxDpkg.resolve("status"));
    Set<String> changed = new HashSet<>();
    after.forEach(
        (name, version) -> {
          if (!version.equals(before.get(name))) {
            changed.add(name);
          }
        });
    Map<String, String> md5ByPath = new HashMap<>();
    Path info = sandboxDpkg.resolve("info");
    if (!changed.isEmpty() && Files.isDirectory(info, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(info, "*.md5sums")) {
        for (Path file : files) {
          String name = file.getFileName().toString().replaceFirst("(:[^.]+)?\\.md5sums$", "");
          if (changed.contains(name) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            readSums(file, md5ByPath);
          }
        }
      }
    }
    return new PackageChanges(md5ByPath);
  }

  /** Whether a changed package brought this file with this content. */
  boolean explains(String path, String md5) {
    return md5.equals(md5ByPath.get(merged(path)));
  }

  boolean isEmpty() {
    return md5ByPath.isEmpty();
  }

  /** With merged /usr the same file is known as /bin/x and /usr/bin/x. */
  private static String merged(String path) {
    return path.startsWith("/usr/") ? path.substring(4) : path;
  }

  private static void readSums(Path file, Map<String, String> md5ByPath) throws IOException {
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
      int gap = line.indexOf("  ");
      if (gap == 32) {
        md5ByPath.put(merged("/" + line.substring(34)), line.substring(0, 32));
      }
    }
  }

  private static Map<String, String> versions(Path status) throws IOException {
    Map<String, String> versions = new HashMap<>();
    if (!Files.isRegularFile(status, LinkOption.NOFOLLOW_LINKS)) {
      return versions;
    }
    String name = "";
    for (String line : Files.readString(status, StandardCharsets.ISO_8859_1).split("\n")) {
      if (line.startsWith("Package: ")) {
        name = line.substring(9).strip();
      } else if (line.startsWith("Version: ")) {
        versions.put(name, line.substring(9).strip());
      }
    }
    return versions;
  }
}
