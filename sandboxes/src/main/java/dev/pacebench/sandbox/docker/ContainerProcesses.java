package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.TopContainerResponse;
import dev.pacebench.sandbox.ProcessInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of one container, as this host sees them, or else as the engine tells. */
final class ContainerProcesses {

  private static final long TICKS_PER_SECOND = 100;
  private static final int LOOKS = 5;

  private final Engine engine;
  private final String container;
  private final boolean onThisHost;
  private Optional<Path> list = Optional.empty();
  private long first;

  ContainerProcesses(Engine engine, String container, boolean onThisHost) {
    this.engine = engine;
    this.container = container;
    this.onThisHost = onThisHost;
  }

  /** Host pid of the keep-alive. */
  synchronized long first() {
    if (first == 0) {
      long pid =
          engine.call(
              "inspect a sandbox",
              () -> {
                var state = engine.calls().inspectContainerCmd(container).exec().getState();
                return state.getPidLong() == null ? 0L : state.getPidLong();
              });
      first = pid;
      list = onThisHost ? processList(first) : Optional.empty();
    }
    return first;
  }

  /** After a restart there is another keep-alive. */
  synchronized void forget() {
    first = 0;
    list = Optional.empty();
  }

  /** Whether this host sees the container's processes and so can kill them. */
  boolean visible() {
    first();
    synchronized (this) {
      return list.isPresent();
    }
  }

  /** Host pids of all but the keep-alive. */
  List<Long> pids() throws IOException {
    long keepAlive = first();
    Path file;
    synchronized (this) {
      file = list.orElseThrow(() -> new IOException("the processes are on another host"));
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      // The group goes with its last process.
      return List.of();
    }
    List<Long> pids = new ArrayList<>();
    for (String line : lines) {
      long pid = Long.parseLong(line.strip());
      if (pid != keepAlive && pid != 0) {
        pids.add(pid);
      }
    }
    return pids;
  }

  /**
   * All but the keep-alive, with what they are and the time they used.
   *
   * <p>Those that replace each other quickly may end between the list and the look at each; then
   * the fullest of a few looks counts.
   */
  List<ProcessInfo> all() throws IOException {
    if (!visible()) {
      return fromEngine();
    }
    List<ProcessInfo> fullest = List.of();
    for (int look = 0; look < LOOKS; look++) {
      List<Long> pids = pids();
      List<ProcessInfo> found = new ArrayList<>();
      for (long pid : pids) {
        try {
          found.add(new ProcessInfo(pid, command(pid), cpu(pid)));
        } catch (IOException e) {
          // It ended while it was looked at.
        }
      }
      if (found.size() == pids.size()) {
        return found;
      }
      fullest = found.size() > fullest.size() ? found : fullest;
    }
    return fullest;
  }

  /** The pid that a process has in its own pid namespace. */
  static long innerPid(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("NSpid:")) {
          String[] numbers = line.substring(6).strip().split("\\s+");
          return Long.parseLong(numbers[numbers.length - 1]);
        }
      }
    } catch (IOException e) {
      // It ended while it was looked at.
    }
    return -1;
  }

  private List<ProcessInfo> fromEngine() {
    TopContainerResponse top =
        engine.call(
            "list the processes of a sandbox",
            () -> engine.calls().topContainerCmd(container).withPsArgs("-eo pid,ppid,args").exec());
    List<ProcessInfo> processes = new ArrayList<>();
    String[][] rows = top.getProcesses();
    for (String[] row : rows == null ? new String[0][] : rows) {
      if (row.length >= 3 && !row[2].startsWith(DockerSandbox.INSIDE)) {
        processes.add(new ProcessInfo(Long.parseLong(row[0].strip()), row[2], Duration.ZERO));
      }
    }
    return processes;
  }

  private static String command(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ').strip();
    return line.isEmpty() ? Files.readString(Path.of("/proc/" + pid + "/comm")).strip() : line;
  }

  private static Duration cpu(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  /** The kernel's own list of the container's control group, version 1 or 2. */
  private Optional<Path> processList(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length < 3 || !parts[2].contains(container)) {
          continue;
        }
        for (String controller : parts[1].isEmpty() ? new String[] {""} : parts[1].split(",")) {
          Path file =
              Path.of("/sys/fs/cgroup", controller)
                  .resolve(parts[2].substring(1))
                  .resolve("cgroup.procs");
          if (Files.isReadable(file)) {
            return Optional.of(file);
          }
        }
      }
    } catch (IOException e) {
      // Not on this host.
    }
    return Optional.empty();
  }
}
