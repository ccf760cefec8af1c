package dev.pacebench.runner.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system to run the calling thread as soon as it has work.
 *
 * <p>A thread that stamps what it reads must not wait for its turn: with every core busy, even if
 * only with this program's own compiler, an ordinary thread waits for up to a slice of about 3 ms.
 * The same is asked for the virtual machine's own two threads that can halt all others. Needs
 * Linux, {@code chrt} and the right to do so, which root has; without them all works as before, and
 * the instrument's own error says what that costs. What such a thread starts runs as usual again.
 */
public final class PunctualThread {

  private static final Logger LOG = LoggerFactory.getLogger(PunctualThread.class);
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final Path ALL = Path.of("/proc/self/task");
  private static final long PATIENCE_SECONDS = 2;
  private static final int USUAL = 1;
  private static final int FIRST = 2;
  private static final AtomicBoolean MACHINE_ASKED = new AtomicBoolean();

  private PunctualThread() {}

  /** Returns at once; the system is asked beside it. */
  public static void become() {
    become(USUAL);
  }

  /** Before the others, for a thread that keeps a pace which theirs is compared with. */
  public static void becomeFirst() {
    become(FIRST);
  }

  private static void become(int priority) {
    String own;
    List<String> machine = new ArrayList<>();
    try {
      own = Files.readSymbolicLink(SELF).getFileName().toString();
      if (!MACHINE_ASKED.getAndSet(true)) {
        addMachine(machine);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
    Thread asking =
        new Thread(
            () -> {
              ask(own, priority);
              machine.forEach(id -> ask(id, USUAL));
            },
            "punctual");
    asking.setDaemon(true);
    asking.start();
  }

  private static void addMachine(List<String> ids) throws IOException {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(ALL)) {
      for (Path thread : threads) {
        String name = name(thread);
        if (name.equals("VM Thread") || name.startsWith("ZDriver")) {
          ids.add(thread.getFileName().toString());
        }
      }
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // It ended.
    }
  }

  private static void ask(String id, int priority) {
    try {
      Process chrt =
          new ProcessBuilder(List.of("chrt", "--reset-on-fork", "--rr", "--pid", "" + priority, id))
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
