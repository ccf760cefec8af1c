package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sandbox's own files on this host: hosts, hostname and resolv.conf, fresh for each, and room
 * for copies.
 */
final class HostFiles {

  private static final Logger LOG = LoggerFactory.getLogger(HostFiles.class);
  private static final String HOSTS =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      127.0.0.1\tsandbox
      """;

  private static final String LOOPBACK = "127.0.0.1\t";

  private final Path folder;
  private final boolean bound;

  private HostFiles(Path folder, boolean bound) {
    this.folder = folder;
    this.bound = bound;
  }

  /**
   * Makes them.
   *
   * @param bound whether the engine sees this host's files
   */
  static HostFiles make(Path scratch, boolean bound) {
    return make(scratch, bound, List.of());
  }

  /**
   * Makes them.
   *
   * @param names of what is reached on the loopback
   */
  static HostFiles make(Path scratch, boolean bound, List<String> names) {
    try {
      HostFiles files =
          new HostFiles(Files.createTempDirectory(Files.createDirectories(scratch), "box-"), bound);
      if (bound) {
        files.write(
            "hosts", HOSTS + (names.isEmpty() ? "" : LOOPBACK + String.join(" ", names) + "\n"));
        files.write("hostname", "sandbox\n");
        files.write("resolv.conf", "");
      }
      return files;
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "a sandbox's files cannot be made in " + scratch + ": " + Failures.rootMessage(e),
          "free disk space or choose another --home",
          e);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    // Whatever this process's umask is, other users inside must be able to read it.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  Path folder() {
    return folder;
  }

  List<String> binds() {
    return bound
        ? List.of(
            folder.resolve("hosts") + ":/etc/hosts",
            folder.resolve("hostname") + ":/etc/hostname",
            folder.resolve("resolv.conf") + ":/etc/resolv.conf")
        : List.of();
  }

  /** Names can be looked up only where there is a network. */
  void network(NetworkMode mode) {
    if (!bound) {
      return;
    }
    try {
      Files.writeString(
          folder.resolve("resolv.conf"), mode == NetworkMode.PUBLIC ? nameServers() : "");
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "resolv.conf cannot be written: " + Failures.rootMessage(e),
          "free disk space",
          e);
    }
  }

  /** The host's, or what stands behind its local resolver, which a container cannot reach. */
  private static String nameServers() throws IOException {
    Path behind = Path.of("/run/systemd/resolve/resolv.conf");
    Path own = Path.of("/etc/resolv.conf");
    String text = Files.isReadable(own) ? Files.readString(own) : "";
    return text.contains("nameserver 127.") && Files.isReadable(behind)
        ? Files.readString(behind)
        : text;
  }

  void delete() {
    deleteTree(folder);
  }

  static void deleteTree(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", folder, e.toString());
    }
  }
}
