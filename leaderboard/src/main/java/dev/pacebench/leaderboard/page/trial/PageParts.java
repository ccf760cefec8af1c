package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.page.Html;
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

  /** Begins a page and its head, which stays open. */
  static void head(Html html, String title) {
    html.own("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "referrer", "content", "no-referrer");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.leaf("title", SafeText.page(title, 200));
  }

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
