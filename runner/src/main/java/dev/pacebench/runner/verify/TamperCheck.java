package dev.pacebench.runner.verify;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.Change;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds changes to what a shared verifier relies on that the package manager did not make.
 *
 * <p>The list of changes comes from outside the sandbox (the engine's layers), so nothing inside
 * can hide one.
 */
public final class TamperCheck {

  private static final String DPKG = "/var/lib/dpkg";
  private static final long MAX_DPKG_BYTES = 256L << 20;
  private static final long MAX_FILE_BYTES = 256L << 20;

  private final Path scratch;
  private final Supplier<Sandbox> fresh;

  /**
   * @param scratch an existing folder for copies; what is put there stays for the caller to remove
   * @param fresh opens an untouched sandbox of the same image; called only when the package
   *     database was changed
   */
  public TamperCheck(Path scratch, Supplier<Sandbox> fresh) {
    this.scratch = requireNonNull(scratch, "scratch is null");
    this.fresh = requireNonNull(fresh, "fresh is null");
  }

  /** Changed paths that nothing innocent explains, sorted; empty is the good case. */
  public List<String> suspicious(Sandbox sandbox) throws IOException {
    List<Change> changes = sandbox.diff();
    List<Change> watched = changes.stream().filter(c -> WatchedPaths.watches(c.path())).toList();
    if (watched.isEmpty()) {
      return List.of();
    }
    boolean packagesChanged = changes.stream().anyMatch(c -> c.path().equals(DPKG + "/status"));
    PackageChanges packages = packagesChanged ? packages(sandbox) : PackageChanges.none();
    List<String> suspicious = new ArrayList<>();
    for (Change change : watched) {
      if (!explained(sandbox, change, packages)) {
        suspicious.add(change.path());
      }
    }
    return suspicious.stream().sorted().toList();
  }

  private boolean explained(Sandbox sandbox, Change change, PackageChanges packages)
      throws IOException {
    if (packages.isEmpty() || change.kind() == Change.Kind.DELETED) {
      return false;
    }
    // Links of the alternatives system belong to no package; maintainer scripts make them.
    if (WatchedPaths.isAlternative(change.path())) {
      return true;
    }
    Path copy = Files.createTempDirectory(scratch, "watched-");
    try {
      if (!sandbox.get(change.path(), copy, MAX_FILE_BYTES)) {
        return false;
      }
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return false;
      }
      throw e;
    }
    try (var files = Files.walk(copy)) {
      List<Path> regular =
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList();
      return regular.size() == 1 && packages.explains(change.path(), md5(regular.get(0)));
    }
  }

  private PackageChanges packages(Sandbox sandbox) throws IOException {
    Path before = Files.createTempDirectory(scratch, "dpkg-image-");
    Path after = Files.createTempDirectory(scratch, "dpkg-sandbox-");
    try (Sandbox untouched = fresh.get()) {
      if (!untouched.get(DPKG, before, MAX_DPKG_BYTES)
          || !sandbox.get(DPKG, after, MAX_DPKG_BYTES)) {
        return PackageChanges.none();
      }
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return PackageChanges.none();
      }
      throw e;
    }
    return PackageChanges.between(before, after);
  }

  private static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
