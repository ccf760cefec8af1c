package dev.pacebench.runner.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy and how big the host is. */
final class HostLoad {

  private static final String MACHINE = describe();

  private HostLoad() {}

  /** Load average of the last minute, -1 where unknown. */
  static double now() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Machine class: architecture, processors and memory, as {@code amd64 2 cpus 23 GiB}. */
  static String machine() {
    return MACHINE;
  }

  private static String describe() {
    String memory = "";
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
          memory = " " + (kib >> 20) + " GiB";
        }
      }
    } catch (IOException e) {
      // Not Linux: the class is coarser, nothing depends on it.
    }
    return System.getProperty("os.arch")
        + " "
        + Runtime.getRuntime().availableProcessors()
        + " cpus"
        + memory;
  }
}
