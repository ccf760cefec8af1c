package dev.pacebench.runner.serve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system to let this process work when nobody else wants to: a run on the same machine
 * takes times.
 *
 * <p>All threads get Linux's idle policy ({@code chrt}), or the lowest niceness without it; those
 * that begin later take after those that begin them. Both count within a session alone where the
 * system groups sessions (autogroup): what runs in a sandbox, a session of its own, would get no
 * more than a server of another session. So the session's own weight is lowered too, while nothing
 * else but what started this process is in it. Where any of this cannot be had, all works as
 * before.
 */
public final class LowPriority implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);
  private static final Path PROCESSES = Path.of("/proc");
  private static final String GROUP = "autogroup";
  private static final String LOWEST = "19";
  private static final String USUAL = "0";
  private static final long PATIENCE_SECONDS = 2;
  private static final int WISHES = 5;
  private static final long BETWEEN_WISHES = 60_000_000;

  private final Path group;
  private final boolean lowered;

  private LowPriority(Path group, boolean lowered) {
    this.group = group;
    this.lowered = lowered;
  }

  /** For all threads of this process; {@link #close} gives the session its weight back. */
  public static LowPriority ask() {
    return ask(ProcessHandle.current().pid());
  }

  static LowPriority ask(long pid) {
    String id = Long.toString(pid);
    if (!ends(List.of("chrt", "--all-tasks", "--idle", "--pid", "0", id))) {
      List<String> renice = new ArrayList<>(List.of("renice", "-n", LOWEST, "-p"));
      renice.addAll(names(PROCESSES.resolve(id).resolve("task")));
      ends(renice);
    }
    Path group = PROCESSES.resolve(id).resolve(GROUP);
    return new LowPriority(group, isAlone(pid) && write(group, LOWEST));
  }

  /**
   * Takes back what a server of the same session asked for, for somebody who begins to take times
   * in it.
   */
  public static void refuse() {
    Path group = PROCESSES.resolve("self").resolve(GROUP);
    try {
      if (Files.exists(group) && Files.readString(group).strip().endsWith(" nice " + LOWEST)) {
        write(group, USUAL);
      }
    } catch (IOException e) {
      LOG.debug("the session's weight is unknown: {}", e.getMessage());
    }
  }

  /** Whether the session holds this process, what it started, and what started it. */
  private static boolean isAlone(long pid) {
    Session own = Session.of(pid);
    if (own == null || !own.mayBeAlone()) {
      return false;
    }
    Set<Long> family = new HashSet<>();
    for (Session each = own; each != null; each = Session.of(each.parent())) {
      family.add(each.pid());
    }
    ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(child -> family.add(child.pid()));
    return names(PROCESSES).stream()
        .filter(name -> name.matches("[0-9]+"))
        .map(Long::valueOf)
        .filter(other -> !family.contains(other))
        .map(Session::of)
        .noneMatch(other -> other != null && other.id() == own.id());
  }

  private static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", folder, e.getMessage());
    }
    return names;
  }

  private static boolean ends(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
    } catch (IOException e) {
      LOG.debug("works at ordinary priority: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Linux takes such a wish from an ordinary user ten times a second at most. */
  private static boolean write(Path file, String text) {
    for (int i = 0; i < WISHES && Files.exists(file); i++) {
      try {
        Files.writeString(file, text);
        return true;
      } catch (IOException e) {
        LOG.debug("the session keeps its weight: {}", e.getMessage());
      }
      LockSupport.parkNanos(BETWEEN_WISHES);
    }
    return false;
  }

  /** A terminal's shell goes on with the weight that it had. */
  @Override
  public void close() {
    if (lowered) {
      write(group, USUAL);
    }
  }
}
