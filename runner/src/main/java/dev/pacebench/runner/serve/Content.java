package dev.pacebench.runner.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer's body, compressed once however often it is sent.
 *
 * @param type media type
 * @param gzip the body, compressed
 * @param policy what a browser may do with it
 * @param etag changes with the body
 */
record Content(String type, byte[] gzip, String policy, String etag) {

  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json; charset=utf-8";
  static final String TEXT = "text/plain; charset=utf-8";
  static final String BINARY = "application/octet-stream";
  static final String NOTHING = "default-src 'none'; sandbox";

  static Content html(String html, String policy) {
    return of(HTML, html.getBytes(StandardCharsets.UTF_8), policy);
  }

  static Content of(String type, byte[] plain, String policy) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(plain);
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return new Content(
          type, bytes.toByteArray(), policy, '"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the rare client that reads nothing compressed. */
  byte[] plain() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
