package dev.pacebench.runner.verify.swe;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Runs our own shell scripts in a sandbox, where git heeds no settings but ours. */
final class Scripts {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Map<String, String> GIT =
      Map.ofEntries(
          Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
          Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
          Map.entry("GIT_TERMINAL_PROMPT", "0"),
          Map.entry("GIT_CONFIG_COUNT", "2"),
          Map.entry("GIT_CONFIG_KEY_0", "safe.directory"),
          Map.entry("GIT_CONFIG_VALUE_0", "*"),
          Map.entry("GIT_CONFIG_KEY_1", "core.hooksPath"),
          Map.entry("GIT_CONFIG_VALUE_1", "/dev/null"),
          Map.entry("GIT_AUTHOR_NAME", "Pacebench"),
          Map.entry("GIT_AUTHOR_EMAIL", "pacebench@localhost"),
          Map.entry("GIT_AUTHOR_DATE", "2000-01-01T00:00:00Z"),
          Map.entry("GIT_COMMITTER_NAME", "Pacebench"),
          Map.entry("GIT_COMMITTER_EMAIL", "pacebench@localhost"),
          Map.entry("GIT_COMMITTER_DATE", "2000-01-01T00:00:00Z"),
          Map.entry("LC_ALL", "C"));

  private Scripts() {}

  /** Runs a script of this package as root; {@code values} are its variables. */
  static CommandResult run(Sandbox sandbox, String name, Map<String, String> values, Duration limit)
      throws InterruptedException {
    Map<String, String> env = new TreeMap<>(GIT);
    env.putAll(values);
    return sandbox.run(
        Command.of(text(name), limit).withEnv(env).withWorkdir("/").withUser("root"));
  }

  /** A path in the sandbox that nobody knew before. */
  static String freshPath() {
    byte[] bytes = new byte[10];
    RANDOM.nextBytes(bytes);
    return "/tmp/pacebench-" + HexFormat.of().formatHex(bytes);
  }

  /** The end of what a script said, in one line. */
  static String said(CommandResult result) {
    String text = result.stderr().text().strip();
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= 300 ? line : "..." + line.substring(line.length() - 300);
  }

  private static String text(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name + ".sh")) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read script " + name, e);
    }
  }
}
