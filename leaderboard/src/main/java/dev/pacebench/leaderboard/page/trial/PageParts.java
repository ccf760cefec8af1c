package dev.pacebench.leaderboard.page.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** This page's own style and script, and the policy that lets in nothing else. */
final class PageParts {

  static final String STYLE = read("trial.css");
  static final String SCRIPT = read("trial.js");

  static final String POLICY =
      "default-src 'none'; style-src "
          + hash(STYLE)
          + "; script-src "
          + hash(SCRIPT)
          + "; img-src data:; base-uri 'none'; form-action 'none'";

  private PageParts() {}

  private static String read(String name) {
    try (InputStream in =
        PageParts.class.getResourceAsStream("/dev/pacebench/leaderboard/page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program's file " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
