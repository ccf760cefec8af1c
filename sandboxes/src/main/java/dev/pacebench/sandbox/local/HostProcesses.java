package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.ProcessInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Processes of a sandbox as {@code /proc} of the host shows them.
 *
 * <p>A sandbox's processes are the descendants of the first process of its pid namespace: orphans
 * return to it, and a namespace nested in it hangs below it.
 */
final class HostProcesses {

  private static final Path PROC = Path.of("/proc");
  private static final long TICK_MS = 10;
  private static final int LOOKS = 5;

  private HostProcesses() {}

  /** The only process in a pid namespace that was just made, among the descendants of another. */
  static OptionalLong firstOf(long pidNamespace, ProcessHandle above) {
    String link = "pid:[" + pidNamespace + "]";
    return above
        .descendants()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> link.equals(namespaceOf(pid)))
        .findFirst();
  }

  /**
   * All living descendants; zombies do nothing any more and do not count.
   *
   * <p>The kernel lists processes first and tells of each later. Those that replace each other
   * quickly may all have ended in between; so the newest are looked at first, and that there are
   * none is believed only when none ended meanwhile.
   */
  static List<ProcessInfo> below(long first) {
    for (int look = 1; ; look++) {
      List<ProcessInfo> found = new ArrayList<>();
      if (look(first, found) || !found.isEmpty() || look == LOOKS) {
        return found;
      }
    }
  }

  /** False when a process of this host ended while it was looked at. */
  private static boolean look(long first, List<ProcessInfo> found) {
    Map<Long, List<Long>> children = new HashMap<>();
    Map<Long, ProcessInfo> infos = new HashMap<>();
    boolean steady = true;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      Deque<Path> newestFirst = new ArrayDeque<>();
      entries.forEach(newestFirst::push);
      for (Path entry : newestFirst) {
        steady &= read(entry, children, infos);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("/proc cannot be read", e);
    }
    Deque<Long> open = new ArrayDeque<>(children.getOrDefault(first, List.of()));
    while (!open.isEmpty()) {
      long pid = open.pop();
      ProcessInfo info = infos.get(pid);
      if (info == null) {
        steady = false;
      } else {
        found.add(info);
      }
      open.addAll(children.getOrDefault(pid, List.of()));
    }
    return steady;
  }

  private static boolean read(
      Path entry, Map<Long, List<Long>> children, Map<Long, ProcessInfo> infos) {
    try {
      String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name is in brackets and may itself hold blanks and brackets.
      int nameEnd = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
      String[] fields = stat.substring(nameEnd + 2).split(" ");
      long pid = Long.parseLong(entry.getFileName().toString());
      long parent = Long.parseLong(fields[1]);
      children.computeIfAbsent(parent, p -> new ArrayList<>()).add(pid);
      if (!fields[0].equals("Z") && !fields[0].equals("X")) {
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        infos.put(
            pid, new ProcessInfo(pid, command(entry, name), Duration.ofMillis(ticks * TICK_MS)));
      }
      return true;
    } catch (IOException e) {
      // It ended while we looked.
      return false;
    }
  }

  private static String command(Path entry, String name) {
    try {
      byte[] line = Files.readAllBytes(entry.resolve("cmdline"));
      String text = new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      return text.isEmpty() ? name : text;
    } catch (IOException e) {
      return name;
    }
  }

  private static String namespaceOf(long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/ns/pid")).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
