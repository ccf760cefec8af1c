package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The program that Pacebench brings into sandboxes, one static binary per architecture.
 *
 * <p>Modes: {@code init SECONDS}, {@code dispatch}, {@code relay PORT SOCKET SECONDS}; its sources
 * and what each mode does are in {@code src/main/native}.
 */
public final class Inside {

  private Inside() {}

  /** Architecture of this machine, in the kernel's words. */
  public static String hostArchitecture() {
    return architecture(System.getProperty("os.arch", ""));
  }

  /** An architecture in the kernel's words, from Java's, Docker's or its own. */
  public static String architecture(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64", "x86-64" -> "x86_64";
      case "arm64", "aarch64" -> "aarch64";
      default -> name;
    };
  }

  /** Whether there is a binary for an architecture. */
  public static boolean exists(String architecture) {
    return Inside.class.getResource(resource(architecture)) != null;
  }

  /**
   * The binary.
   *
   * @throws SandboxException of kind UNAVAILABLE when there is none
   */
  public static byte[] bytes(String architecture) {
    try (InputStream in = Inside.class.getResourceAsStream(resource(architecture))) {
      if (in == null) {
        throw new SandboxException(
            Kind.UNAVAILABLE,
            "there is no dispatcher for the architecture " + architecture,
            "use a machine with x86_64 or aarch64, or build one with sandboxes/src/main/native");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the dispatcher cannot be read from the class path", e);
    }
  }

  /** This machine's binary as an executable file; made when it is not there or differs. */
  public static Path onHost(Path cacheDir) {
    return onHost(cacheDir, hostArchitecture());
  }

  /** An architecture's binary as an executable file, named by its content. */
  public static Path onHost(Path cacheDir, String architecture) {
    byte[] bytes = bytes(architecture);
    Path file = cacheDir.resolve("inside-" + architecture(architecture) + "-" + digest(bytes));
    try {
      if (Files.isExecutable(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
        return file;
      }
      Files.createDirectories(cacheDir);
      Path temporary = Files.createTempFile(cacheDir, ".inside", ".tmp");
      Files.write(temporary, bytes);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "the dispatcher cannot be written to " + cacheDir + ": " + e.getMessage(),
          "make the folder writable or choose another with --home",
          e);
    }
  }

  private static String resource(String architecture) {
    return "/dev/pacebench/sandbox/inside/inside-" + architecture(architecture);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          .substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
