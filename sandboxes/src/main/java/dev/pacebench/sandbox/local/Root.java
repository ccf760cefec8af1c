package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.local.PortableDockerfile.Copy;
import dev.pacebench.sandbox.local.PortableDockerfile.MakeFolder;
import dev.pacebench.sandbox.local.PortableDockerfile.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays down the root folder of one sandbox: a small {@code /etc} of its own, empty places for what
 * is bound over them, and what the image's Dockerfile copies.
 */
final class Root {

  /** Where nothing can be written, whatever the host looks like. */
  static final List<Path> READ_ONLY =
      List.of(
          Path.of("/usr"),
          Path.of("/proc"),
          Path.of("/dev"),
          Path.of("/sys"),
          Path.of("/.pacebench"));

  /** Where {@code inside} is seen. */
  static final String INSIDE = "/.pacebench/inside";

  private static final List<String> PROGRAM_FOLDERS =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  /** Parts of the host's /etc without which programs of /usr do not work; nothing private. */
  private static final List<String> HOST_ETC =
      List.of(
          "alternatives",
          "ca-certificates",
          "crypto-policies",
          "debian_version",
          "fonts",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "magic",
          "mime.types",
          "os-release",
          "perl",
          "pki/ca-trust",
          "pki/tls/certs",
          "protocols",
          "services",
          "ssl/certs",
          "ssl/openssl.cnf",
          "terminfo");

  private static final List<String> HOST_ETC_PREFIXES = List.of("java-", "python3");

  private static final List<String> FOLDERS =
      List.of(
          "dev",
          "etc",
          "home/agent",
          "logs",
          "media",
          "mnt",
          "opt",
          "proc",
          "root",
          "run",
          "solution",
          "srv",
          "sys",
          "tests",
          "tmp",
          "usr",
          "var/cache",
          "var/lib",
          "var/log",
          "var/tmp",
          ".pacebench");

  private static final Map<String, String> FILES =
      Map.of(
          "etc/passwd",
          """
          root:x:0:0:root:/root:/bin/bash
          agent:x:1000:1000:agent:/home/agent:/bin/bash
          nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
          """,
          "etc/group",
          """
          root:x:0:
          agent:x:1000:
          nogroup:x:65534:
          """,
          "etc/hosts",
          """
          127.0.0.1 localhost
          ::1 localhost
          127.0.1.1 sandbox
          """,
          "etc/hostname",
          "sandbox\n",
          "etc/resolv.conf",
          "",
          "etc/nsswitch.conf",
          """
          passwd: files
          group: files
          hosts: files
          services: files
          protocols: files
          """,
          ".pacebench/inside",
          "");

  private static final Set<PosixFilePermission> SHARED =
      PosixFilePermissions.fromString("rwxrwxrwx");

  private Root() {}

  /**
   * Lays it down.
   *
   * @return host paths to be bound read-only at the same place inside
   */
  static List<Path> layDown(Path root, PortableDockerfile image) throws IOException {
    for (String folder : FOLDERS) {
      Path path = root;
      for (Path part : Path.of(folder)) {
        path = path.resolve(part);
        if (!Files.isDirectory(path)) {
          Trees.makeFolder(path);
        }
      }
    }
    for (String folder : List.of("tmp", "var/tmp")) {
      Files.setPosixFilePermissions(root.resolve(folder), SHARED);
    }
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Files.writeString(root.resolve(file.getKey()), file.getValue());
    }
    Files.createSymbolicLink(root.resolve("var/run"), Path.of("/run"));
    List<Path> binds = new ArrayList<>(List.of(Path.of("/usr")));
    for (String folder : PROGRAM_FOLDERS) {
      standIn(root, Path.of("/", folder), binds);
    }
    for (Path path : hostEtc()) {
      standIn(root, path, binds);
    }
    for (Step step : image.steps()) {
      if (step instanceof MakeFolder folder) {
        Trees.makeFolder(below(root, folder.path()));
      } else if (step instanceof Copy copy) {
        copy(root, copy);
      }
    }
    return binds;
  }

  private static List<Path> hostEtc() throws IOException {
    List<Path> paths = new ArrayList<>();
    HOST_ETC.forEach(name -> paths.add(Path.of("/etc", name)));
    try (var entries = Files.list(Path.of("/etc"))) {
      entries
          .filter(p -> HOST_ETC_PREFIXES.stream().anyMatch(p.getFileName().toString()::startsWith))
          .sorted()
          .forEach(paths::add);
    }
    return paths;
  }

  /** A link is made again; a file or folder gets an empty place and is bound over it. */
  private static void standIn(Path root, Path host, List<Path> binds) throws IOException {
    Path place = below(root, host.toString());
    if (!Files.exists(host, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.createDirectories(place.getParent());
    if (Files.isSymbolicLink(host)) {
      Files.createSymbolicLink(place, Files.readSymbolicLink(host));
      return;
    }
    if (Files.isDirectory(host)) {
      Files.createDirectory(place);
    } else {
      Files.createFile(place);
    }
    binds.add(host);
  }

  private static void copy(Path root, Copy copy) throws IOException {
    Trees.Mode mode =
        copy.chmod()
            .map(digits -> Trees.Mode.fixed(permissions(Integer.parseInt(digits, 8))))
            .orElse(Trees.Mode.executable(false));
    Path target = below(root, copy.target());
    boolean folder = copy.target().endsWith("/");
    for (Path source : copy.sources()) {
      boolean content = Files.isDirectory(source);
      Path to =
          !content && (folder || Files.isDirectory(target))
              ? target.resolve(source.getFileName().toString())
              : target;
      Path parent = to.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Trees.copy(source, to, mode);
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & 0400 >> i) != 0) {
        set.add(all[i]);
      }
    }
    return set;
  }

  private static Path below(Path root, String absolute) {
    return root.resolve(Path.of("/").relativize(Path.of(absolute))).normalize();
  }
}
