package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A sandbox's folder on the host: its root, a place to build what is moved in, and a note of whose
 * it is.
 */
record LocalHome(Path folder) {

  private static final String OWNER = "owner";
  private static final Duration UNOWNED = Duration.ofHours(1);

  static LocalHome make(Path scratch, String name, Owner owner) throws IOException {
    Files.createDirectories(scratch);
    Path folder =
        Files.createTempDirectory(
            scratch,
            name + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Properties note = new Properties();
    note.setProperty("host", owner.host());
    note.setProperty("bootId", owner.bootId());
    note.setProperty("pid", "" + owner.pid());
    note.setProperty("startTicks", "" + owner.startTicks());
    try (OutputStream out = Files.newOutputStream(folder.resolve(OWNER))) {
      note.store(out, null);
    }
    LocalHome home = new LocalHome(folder);
    Trees.makeFolder(home.root());
    Files.createDirectory(home.stage());
    return home;
  }

  Path root() {
    return folder.resolve("root");
  }

  /** On the same file system, seen by no sandbox. */
  Path stage() {
    return folder.resolve("stage");
  }

  String name() {
    return folder.getFileName().toString();
  }

  void remove() {
    Trees.remove(folder);
  }

  /** Whether its owner is proven dead, or it never got a note and is old. */
  boolean isAbandoned() {
    try {
      return owner().map(Owner::isDead).orElseGet(this::isOld);
    } catch (IOException | NumberFormatException e) {
      return isOld();
    }
  }

  private Optional<Owner> owner() throws IOException {
    Path file = folder.resolve(OWNER);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties note = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      note.load(in);
    }
    return Optional.of(
        new Owner(
            note.getProperty("host", ""),
            note.getProperty("bootId", ""),
            Long.parseLong(note.getProperty("pid", "")),
            Long.parseLong(note.getProperty("startTicks", ""))));
  }

  private boolean isOld() {
    try {
      Instant modified = Files.getLastModifiedTime(folder).toInstant();
      return modified.isBefore(Instant.now().minus(UNOWNED));
    } catch (IOException e) {
      return false;
    }
  }
}
