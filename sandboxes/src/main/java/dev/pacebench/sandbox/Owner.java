package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who made a thing that must be removed again: one process of one boot of one host.
 *
 * <p>A pid alone is reused; with boot id and start time it is not.
 *
 * @param host host name
 * @param bootId the kernel's id of the running boot
 * @param pid process id
 * @param startTicks the process's start in clock ticks since boot, field 22 of {@code
 *     /proc/PID/stat}
 */
public record Owner(String host, String bootId, long pid, long startTicks) {

  public Owner {
    requireNonNull(host, "host is null");
    requireNonNull(bootId, "bootId is null");
  }

  /** The running process. */
  public static Owner self() {
    long pid = ProcessHandle.current().pid();
    return new Owner(hostName(), readBootId(), pid, startTicks(pid));
  }

  /** Whether the owner is of this host; only then can it be proven dead. */
  public boolean isOfThisHost() {
    return host.equals(hostName());
  }

  /** Whether the owner is proven dead: of this host, and its boot or its process is gone. */
  public boolean isDead() {
    if (!isOfThisHost()) {
      return false;
    }
    return !bootId.equals(readBootId()) || startTicks(pid) != startTicks;
  }

  private static String hostName() {
    try {
      return Files.isReadable(Path.of("/proc/sys/kernel/hostname"))
          ? Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      throw new UncheckedIOException("the host has no name", e);
    }
  }

  private static String readBootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static long startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The command name is in brackets and may itself hold blanks and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      // A zombie holds its pid but does nothing more.
      return fields[0].equals("Z") || fields[0].equals("X") ? -1 : Long.parseLong(fields[19]);
    } catch (IOException e) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().startInstant())
          .map(java.time.Instant::toEpochMilli)
          .orElse(-1L);
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
