package dev.pacebench.tasks.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of values, each preceded by its length so that no two sequences meet. */
public final class Sha256 {

  private static final int BLOCK = 1 << 16;

  /** Most files are far smaller than a block, and there may be very many. */
  private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[BLOCK]);

  private final MessageDigest digest;

  private Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Starts a digest for one purpose; digests for different purposes never agree. */
  static Sha256 of(String purpose) {
    return new Sha256().add(purpose);
  }

  /** The plain digest of bytes. */
  static byte[] of(byte[] bytes) {
    return new Sha256().digest.digest(bytes);
  }

  /** The plain digest of a file, which is streamed; a link in its place is refused. */
  static byte[] of(Path file) throws IOException {
    Sha256 sha = new Sha256();
    byte[] block = BUFFER.get();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        sha.digest.update(block, 0, read);
      }
    }
    return sha.digest.digest();
  }

  /** The plain digest of a file in lower-case hex. */
  public static String hexOf(Path file) throws IOException {
    return hex(of(file));
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  Sha256 add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  Sha256 add(char mark) {
    digest.update((byte) mark);
    return this;
  }

  String hex() {
    return hex(digest.digest());
  }
}
