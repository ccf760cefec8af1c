package dev.pacebench.runner.agent.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.runner.InfrastructureError;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program on this machine to its end, with nothing of this process's environment but what is
 * given.
 *
 * <p>Whether it ends, runs out of time or is interrupted: nothing that it started stays.
 */
final class HostProgram {

  /** Processes that left their parents are known by it. */
  private static final String MARK = "PACEBENCH_INSTALLING";

  private static final Path PROCESSES = Path.of("/proc");
  private static final int ROUNDS = 20;
  private static final int SHOWN_LINES = 12;
  private static final int SHOWN_BYTES = 8192;

  private final Map<String, String> env;
  private final Path log;

  /**
   * @param log what programs say is added to it
   */
  HostProgram(Map<String, String> env, Path log) {
    this.env = Map.copyOf(env);
    this.log = log;
  }

  /** A program's absolute path, as the environment's PATH finds it. */
  static Optional<Path> find(String name, Map<String, String> env) {
    for (String folder : env.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (folder.startsWith("/")) {
        Path file = Path.of(folder, name);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a command.
   *
   * @return its exit code; absent when it ran out of time
   * @throws InfrastructureError when it cannot be started
   */
  Optional<Integer> run(List<String> command, Path folder, Duration limit)
      throws InterruptedException, IOException {
    String mark = UUID.randomUUID().toString();
    Map<String, String> marked = new HashMap<>(env);
    marked.put(MARK, mark);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(marked);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new InfrastructureError(
          command.get(0) + " cannot be started: " + e.getMessage(), "see that it works", e);
    }
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(process.exitValue())
          : Optional.empty();
    } finally {
      end(process, mark);
    }
  }

  /** The last lines that programs said. */
  String lastLines() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - SHOWN_BYTES);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      List<String> lines = new String(end, UTF_8).lines().filter(one -> !one.isBlank()).toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private static void end(Process process, String mark) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    // One that was just being started can be missed by a look, but not by all of them.
    for (int round = 0; round < ROUNDS; round++) {
      all.forEach(ProcessHandle::destroyForcibly);
      all.addAll(marked(mark));
      if (all.stream().noneMatch(HostProgram::isRunning)) {
        return;
      }
      all.removeIf(one -> !isRunning(one));
      pause();
    }
  }

  /** Whether it still does anything: one that ended stays listed until its parent asks for it. */
  static boolean isRunning(ProcessHandle process) {
    try {
      String stat = Files.readString(PROCESSES.resolve(process.pid() + "/stat"));
      return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<ProcessHandle> marked(String mark) {
    String line = MARK + "=" + mark;
    try (Stream<Path> processes = Files.list(PROCESSES)) {
      return processes
          .filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
          .filter(folder -> environment(folder).contains(line))
          .map(folder -> Long.parseLong(folder.getFileName().toString()))
          .flatMap(id -> ProcessHandle.of(id).stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String environment(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("environ")), UTF_8);
    } catch (IOException e) {
      return ""; // It ended, or is another user's.
    }
  }

  private static void pause() {
    boolean interrupted = Thread.interrupted();
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
