package dev.pacebench.runner.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system to run the calling thread as soon as it has work.
 *
 * <p>A thread that stamps what it reads must not wait for its turn: with every core busy, even if
 * only with this program's own compiler, an ordinary thread waits for up to a slice of about 3 ms.
 * Needs Linux, {@code chrt} and the right to do so, which root has; without them all works as
 * before, and the instrument's own error says what that costs. What such a thread starts runs as
 * usual again.
 *
 * <p>For threads that sleep between short pieces of work, and for no others: the virtual machine's
 * own, which wait for ordinary threads by spinning, would keep those from running.
 */
public final class PunctualThread {

  private static final Logger LOG = LoggerFactory.getLogger(PunctualThread.class);
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final long PATIENCE_SECONDS = 2;

  private PunctualThread() {}

  /** Returns at once; the system is asked beside it. */
  public static void become() {
    String id;
    try {
      id = Files.readSymbolicLink(SELF).getFileName().toString();
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
    Thread asking = new Thread(() -> ask(id), "punctual");
    asking.setDaemon(true);
    asking.start();
  }

  private static void ask(String id) {
    try {
      Process chrt =
          new ProcessBuilder(List.of("chrt", "--reset-on-fork", "--rr", "--pid", "1", id))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!chrt.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        chrt.destroyForcibly();
      } else if (chrt.exitValue() != 0) {
        LOG.debug("threads that measure run at ordinary priority");
      }
    } catch (IOException e) {
      LOG.debug("threads that measure run at ordinary priority: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
