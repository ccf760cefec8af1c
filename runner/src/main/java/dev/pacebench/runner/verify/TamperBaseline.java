package dev.pacebench.runner.verify;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What an earlier verification in the same sandbox left behind: a verifier installs things too.
 *
 * <p>A path is taken for the verifier's own only while it is what it was when that verification had
 * ended.
 */
public final class TamperBaseline {

  private static final String GONE = "gone";
  private static final long MAX_BYTES = 256L << 20;

  private final Path scratch;
  private final Map<String, String> known = new HashMap<>();

  /**
   * @param scratch an existing folder for copies
   */
  public TamperBaseline(Path scratch) {
    this.scratch = scratch;
  }

  /** Notes what is there once a verification has ended, before the agent works on. */
  public void remember(Sandbox sandbox, TamperCheck check) throws IOException {
    known.clear();
    for (String path : check.suspicious(sandbox)) {
      String content = content(sandbox, path);
      if (!content.isEmpty()) {
        known.put(path, content);
      }
    }
  }

  /** Those paths that are not as they were noted. */
  List<String> changed(Sandbox sandbox, List<String> paths) throws IOException {
    List<String> changed = new java.util.ArrayList<>();
    for (String path : paths) {
      String before = known.get(path);
      if (before == null || !before.equals(content(sandbox, path))) {
        changed.add(path);
      }
    }
    return changed;
  }

  /** A digest of what stands at a path; empty when it cannot be read. */
  private String content(Sandbox sandbox, String path) throws IOException {
    Path copy = Files.createTempDirectory(scratch, "left-");
    try {
      if (!sandbox.get(path, copy, MAX_BYTES)) {
        return GONE;
      }
      return digest(copy);
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return "";
      }
      throw e;
    } finally {
      FileTrees.delete(copy);
    }
  }

  private static String digest(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.sorted().toList()) {
        digest.update(
            folder.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update((byte) 0);
        if (Files.isSymbolicLink(file)) {
          digest.update(
              Files.readSymbolicLink(file)
                  .toString()
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          digest.update(Files.readAllBytes(file));
        }
        digest.update((byte) 1);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
