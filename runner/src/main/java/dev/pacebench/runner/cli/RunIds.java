package dev.pacebench.runner.cli;

import dev.pacebench.runner.home.Home;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/** Names runs by their start and a few random letters, so that they sort and never clash. */
final class RunIds {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Without vowels there are no words, and without 0, 1 and l no doubts. */
  private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";

  private RunIds() {}

  static String next(Home home, Instant now) {
    Random random = new SecureRandom();
    String id;
    do {
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      id = TIME.format(now) + "-" + letters;
    } while (Files.exists(home.run(id)));
    return id;
  }
}
