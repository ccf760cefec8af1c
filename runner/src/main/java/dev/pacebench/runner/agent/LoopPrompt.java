package dev.pacebench.runner.agent;

import dev.pacebench.runner.model.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** The words that `loop` has for every model alike. */
final class LoopPrompt {

  /** Raised when anything but these words changes what the agent does. */
  private static final String BEHAVIOUR = "1";

  static final String INSTRUCTIONS = resource("loop-prompt.txt");

  static final Tool SHELL =
      new Tool("shell", "Runs a shell command in the sandbox.", resource("loop-shell.json"));

  /** Of behaviour and words. */
  static final String VERSION = BEHAVIOUR + "." + digest().substring(0, 8);

  private LoopPrompt() {}

  /** What a conversation begins with. */
  static String task(String instruction, Duration limit) {
    return instruction.strip() + "\n\n[time limit: " + length(limit) + "]";
  }

  /**
   * How much time is left, in tenths of the limit, so that two equal runs are told the same.
   *
   * @param left may be negative
   */
  static String timeLeft(Duration left, Duration limit) {
    long tenths = Math.max(0, Math.min(9, 10 * left.toMillis() / Math.max(1, limit.toMillis())));
    return tenths == 0
        ? "[time left: less than 10 % of " + length(limit) + "]"
        : "[time left: more than " + 10 * tenths + " % of " + length(limit) + "]";
  }

  private static String length(Duration time) {
    return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private static String resource(String name) {
    try (InputStream in = LoopPrompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {INSTRUCTIONS, SHELL.name(), SHELL.description(), SHELL.parameters()}) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
