package dev.pacebench.runner.agent.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * All processes that a program on the host started, also those that left its group and outlived
 * their parents.
 *
 * <p>A process belongs to it when it descends from the program's first one, is in that one's
 * session, carries the mark in its environment, or works below the marked folder. One that escapes
 * all four (a child with an emptied environment, a new session, no parent, and another folder) is
 * not found.
 */
final class ProcessTree {

  private static final Path PROC = Path.of("/proc");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(8);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  /** Places in /proc/PID/stat, counted behind the name. */
  private static final int STATE = 0;

  private static final int SESSION = 3;
  private static final int START = 19;

  private final ProcessHandle first;
  private final Mark mark;
  private final long started;

  /** By what processes are known: a variable of their environment, and a folder. */
  record Mark(String value, Path folder) {}

  /** To be made when the first one was just started: none of the others is older. */
  ProcessTree(ProcessHandle first, Mark mark) {
    this.first = first;
    this.mark = mark;
    this.started = startOf(stat(PROC.resolve("" + first.pid())));
  }

  /**
   * Kills them until none is left; processes that multiply are outrun.
   *
   * @return how many are left after all, when patience ended
   */
  int end() {
    long deadline = System.nanoTime() + PATIENCE;
    int quiet = 0;
    while (true) {
      Set<Long> alive = alive();
      // One that was just being started may be in no list yet.
      quiet = alive.isEmpty() ? quiet + 1 : 0;
      if (quiet == 2 || (!alive.isEmpty() && System.nanoTime() - deadline > 0)) {
        return alive.size();
      }
      alive.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** The pids of those that live. */
  Set<Long> alive() {
    Set<Long> found = first.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    if (first.isAlive()) {
      found.add(first.pid());
    }
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return found;
    }
    Set<Long> alive = new HashSet<>();
    long own = ProcessHandle.current().pid();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != own && belongs(process, found.contains(pid))) {
          alive.add(pid);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(
          "/proc cannot be read", e instanceof IOException io ? io : new IOException(e));
    }
    return alive;
  }

  private boolean belongs(Path process, boolean known) {
    String[] fields = stat(process);
    if (fields.length <= START
        || startOf(fields) < started
        || fields[STATE].equals("Z")
        || fields[STATE].equals("X")) {
      return false;
    }
    return known
        || fields[SESSION].equals("" + first.pid())
        || read(process.resolve("environ")).contains(Variables.TRY + "=" + mark.value())
        || worksBelow(process, mark.folder());
  }

  private static String[] stat(Path process) {
    String stat = read(process.resolve("stat"));
    // The name in parentheses may hold anything.
    return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
  }

  /** In the kernel's ticks; 0 of a process that is gone. */
  private static long startOf(String[] fields) {
    return fields.length > START ? Long.parseLong(fields[START]) : 0;
  }

  private static boolean worksBelow(Path process, Path folder) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException e) {
      // It has ended, or is somebody else's.
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
