package dev.pacebench.runner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Seconds that processes have worked, as Linux counts them; 0 where it does not. */
final class ProcessTime {

  /** The system tells hundredths, whatever it counts in. */
  private static final double TICKS = 100;

  private static final int OWN = 11;
  private static final int CHILDREN = 13;

  private ProcessTime() {}

  /** Of a process and all its threads. */
  static double of(long pid) throws IOException {
    return sum(Long.toString(pid), OWN);
  }

  /** Of all processes that this one has started, and they in turn, and that have ended. */
  static double ofEnded() throws IOException {
    return sum("self", CHILDREN);
  }

  private static double sum(String process, int first) throws IOException {
    Path file = Path.of("/proc", process, "stat");
    if (!Files.exists(file)) {
      return 0;
    }
    String stat = Files.readString(file);
    // The name, in brackets, may hold anything.
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 20);
    return (Long.parseLong(words[first]) + Long.parseLong(words[first + 1])) / TICKS;
  }
}
