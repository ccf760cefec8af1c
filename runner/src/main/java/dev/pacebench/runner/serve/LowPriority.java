package dev.pacebench.runner.serve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system to let this process work when nobody else wants to: a run on the same machine
 * takes times.
 *
 * <p>Threads that begin later take after those that begin them. Needs Linux and {@code renice};
 * without them all works as before.
 */
public final class LowPriority {

  private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final String NICENESS = "10";
  private static final long PATIENCE_SECONDS = 2;

  private LowPriority() {}

  /** For all threads that there are. */
  public static void ask() {
    List<String> command = new ArrayList<>(List.of("renice", "-n", NICENESS, "-p"));
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      threads.forEach(thread -> command.add(String.valueOf(thread.getFileName())));
      Process renice =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!renice.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        renice.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("works at ordinary priority: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
