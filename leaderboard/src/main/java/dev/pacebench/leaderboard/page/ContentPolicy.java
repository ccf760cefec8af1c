package dev.pacebench.leaderboard.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** What a page may do: run the scripts and styles that are in it, by their hashes, and no more. */
final class ContentPolicy {

  private ContentPolicy() {}

  /**
   * The policy.
   *
   * @param live whether it may ask the server that it came from
   */
  static String of(List<String> scripts, List<String> styles, boolean live) {
    return "default-src 'none'; script-src "
        + hashes(scripts)
        + "; style-src "
        + hashes(styles)
        + "; img-src data: blob:"
        + (live ? "; connect-src 'self'" : "")
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String hashes(List<String> contents) {
    return contents.stream().map(ContentPolicy::hash).collect(Collectors.joining(" "));
  }

  static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
