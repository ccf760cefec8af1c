package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything in a container at one instant.
 *
 * <p>The engine freezes it; then all processes but the keep-alive are killed by their host pids,
 * which no name, session or signal handler inside can prevent; then it is thawed. Where this host
 * cannot kill them, or they multiply faster than the kernel freezes them, the container itself is
 * killed and started again over the same files.
 */
final class Freezer {

  private static final Logger LOG = LoggerFactory.getLogger(Freezer.class);
  private static final int ROUNDS = 5;
  private static final int PAUSES = 3;
  private static final String BELIEVED_FROZEN = "is paused";
  private static final int BELATED_ATTEMPTS = 250;
  private static final long BELATED_NANOS = Duration.ofMillis(20).toNanos();
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
   * @param expected runs before what runs inside may see its end come
   * @param whileFrozen runs as soon as nothing can run any more
   */
  FreezeReport freezeAndKill(Runnable expected, Runnable whileFrozen) {
    long start = System.nanoTime();
    if (!processes.visible() || !mayKill()) {
      return restart(start, expected, whileFrozen);
    }
    int killed = 0;
    long frozen = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        if (!pause()) {
          return restart(start, expected, whileFrozen);
        }
        try {
          if (round == 0) {
            frozen = System.nanoTime();
            whileFrozen.run();
          }
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
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  private FreezeReport restart(long start, Runnable expected, Runnable whileFrozen) {
    List<ProcessInfo> before;
    try {
      before = processes.all();
    } catch (IOException | SandboxException e) {
      before = List.of();
    }
    expected.run();
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

  /** Makes an exec; one that was thawed a moment ago may be frozen still, as the engine sees it. */
  static String makeExec(ExecCreateCmd command) {
    return belated(BELIEVED_FROZEN, () -> command.exec().getId());
  }

  /** Whether an engine's refusal comes from its not knowing yet that a container was thawed. */
  static boolean isBelievedFrozen(String refusal) {
    return refusal.contains(BELIEVED_FROZEN);
  }

  static void pauseBriefly() {
    LockSupport.parkNanos(BELATED_NANOS);
  }

  /** An engine hears of what it did itself as an event, and in between believes what was before. */
  private static <T> T belated(String belief, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (DockerException e) {
        if (attempt == BELATED_ATTEMPTS || !Failures.engineMessage(e).contains(belief)) {
          throw e;
        }
        pauseBriefly();
      }
    }
  }

  /** False when the kernel does not catch up with new processes. */
  private boolean pause() {
    return engine.call(
        "freeze a sandbox",
        () -> {
          for (int attempt = 0; attempt < PAUSES; attempt++) {
            try {
              engine.calls().pauseContainerCmd(container).exec();
              return true;
            } catch (ConflictException e) {
              if (!Failures.engineMessage(e).contains("already paused")) {
                throw new SandboxException(
                    Kind.FAILED,
                    "the sandbox has ended: " + Failures.engineMessage(e),
                    "try again",
                    e);
              }
              LOG.debug("{} is not thawed yet, as the engine sees it", container, e);
              pauseBriefly();
            } catch (InternalServerErrorException e) {
              if (!Failures.engineMessage(e).contains("freeze")) {
                throw e;
              }
              LOG.debug("The kernel could not freeze {}", container, e);
            }
          }
          return false;
        });
  }

  private void unpause() {
    engine.run(
        "thaw a sandbox",
        () ->
            belated(
                "not paused",
                () -> {
                  engine.calls().unpauseContainerCmd(container).exec();
                  return true;
                }));
  }
}
