package dev.pacebench.runner.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A process and the session that it belongs to, as Linux tells it.
 *
 * @param id of the session
 * @param group of the process
 * @param terminal 0 without one
 * @param foreground the group that the terminal's keys go to
 */
record Session(long pid, long parent, long group, long id, long terminal, long foreground) {

  /** Null when there is no such process, or the system does not tell. */
  static @Nullable Session of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name, in brackets, may hold anything.
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 8);
      return new Session(pid, at(words, 1), at(words, 2), at(words, 3), at(words, 4), at(words, 5));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static long at(String[] words, int place) {
    return Long.parseLong(words[place]);
  }

  /** A terminal whose keys go elsewhere can start what takes times at any moment. */
  boolean mayBeAlone() {
    return terminal == 0 || group == foreground;
  }
}
