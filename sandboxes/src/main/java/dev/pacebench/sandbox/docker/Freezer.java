package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.ConflictException;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Stops everything in a container at one instant.
 *
 * <p>The engine freezes it; then all processes but the keep-alive are killed by their host pids,
 * which no name, session or signal handler inside can prevent; then it is thawed. Where this host
 * cannot kill them, the container itself is killed and started again over the same files.
 */
final class Freezer {

  private static final int ROUNDS = 5;
  private static final long GONE_WAIT_NANOS = Duration.ofSeconds(10).toNanos();

  private final Engine engine;
  private final Containers containers;
  private final ContainerProcesses processes;
  private final String container;

  Freezer(Engine engine, Containers containers, ContainerProcesses processes, String container) {
    this.engine = engine;
    this.containers = containers;
    this.processes = processes;
    this.container = container;
  }

  /**
   * Stops all.
   *
   * @param whileFrozen what is to happen as soon as nothing can run any more
   */
  FreezeReport freezeAndKill(Runnable whileFrozen) {
    long start = System.nanoTime();
    if (!processes.visible() || !mayKill()) {
      return restart(start, whileFrozen);
    }
    int killed = 0;
    long frozen = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        pause();
        if (round == 0) {
          frozen = System.nanoTime();
          whileFrozen.run();
        }
        try {
          List<Long> pids = processes.pids();
          for (long pid : pids) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
          }
          killed += pids.size();
        } finally {
          unpause();
        }
        if (gone()) {
          break;
        }
      }
      return new FreezeReport(
          Duration.ofNanos(frozen - start),
          Duration.ofNanos(System.nanoTime() - start),
          killed,
          processes.all(),
          false);
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "the processes of a sandbox cannot be listed: " + Failures.rootMessage(e),
          "see whether its container still exists (docker ps -a)",
          e);
    }
  }

  private boolean gone() throws IOException {
    long end = System.nanoTime() + GONE_WAIT_NANOS;
    while (System.nanoTime() - end < 0) {
      if (processes.pids().isEmpty()) {
        return true;
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  private FreezeReport restart(long start, Runnable whileFrozen) {
    List<ProcessInfo> before;
    try {
      before = processes.all();
    } catch (IOException | SandboxException e) {
      before = List.of();
    }
    containers.kill(container);
    long frozen = System.nanoTime();
    whileFrozen.run();
    engine.run("start a sandbox again", () -> engine.calls().startContainerCmd(container).exec());
    processes.forget();
    try {
      return new FreezeReport(
          Duration.ofNanos(frozen - start),
          Duration.ofNanos(System.nanoTime() - start),
          before.size(),
          processes.all(),
          true);
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, Failures.rootMessage(e), "look at the engine", e);
    }
  }

  /** Only root may kill another user's processes; whether this is root shows in its own files. */
  private static boolean mayKill() {
    try {
      return java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status")).stream()
          .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    } catch (IOException e) {
      return false;
    }
  }

  private void pause() {
    engine.run(
        "freeze a sandbox",
        () -> {
          try {
            engine.calls().pauseContainerCmd(container).exec();
          } catch (ConflictException e) {
            throw new SandboxException(
                Kind.FAILED, "the sandbox has ended: " + Failures.engineMessage(e), "try again", e);
          }
        });
  }

  private void unpause() {
    engine.run("thaw a sandbox", () -> engine.calls().unpauseContainerCmd(container).exec());
  }
}
