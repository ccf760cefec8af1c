package dev.pacebench.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What this process is attached to. */
final class Terminal {

  private static final int DEFAULT_COLUMNS = 80;

  private Terminal() {}

  /** Whether a descriptor (1 stdout, 2 stderr) leads to a terminal. */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Without /proc the JVM's own answer is all there is; before JDK 22 it means both streams.
      return !Files.exists(Path.of("/proc/self")) && System.console() != null;
    }
  }

  /** Whether the locale says that more than ASCII can be shown. */
  static boolean isUtf8(Map<String, String> env) {
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String locale = env.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      }
    }
    return false;
  }

  /** The terminal's width now; asks it through {@code stty}, since Java itself cannot. */
  static int columns() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      byte[] answer = process.getInputStream().readNBytes(64);
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return DEFAULT_COLUMNS;
      }
      String[] parts =
          new String(answer, java.nio.charset.StandardCharsets.US_ASCII).strip().split(" ", -1);
      int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
      return columns > 0 ? columns : DEFAULT_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DEFAULT_COLUMNS;
    }
  }
}
