package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.Dispatcher;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one sandbox from its opening to its freeze: a holder outside, all else below.
 */
final class Cell {

  static final String REMEDY =
      "allow user namespaces to ordinary users (on Ubuntu 24.04: sysctl"
          + " kernel.apparmor_restrict_unprivileged_userns=0), or use --sandbox docker";

  private static final Duration START = Duration.ofSeconds(20);
  private static final long END_SECONDS = 20;

  private final Process holder;
  private final ProcessHandle first;
  private final Dispatcher dispatcher;

  private Cell(Process holder, ProcessHandle first, Dispatcher dispatcher) {
    this.holder = holder;
    this.first = first;
    this.dispatcher = dispatcher;
  }

  /** Waits until the dispatcher speaks. */
  static Cell open(String name, Spawner.Spawned spawned, OutputCollector late) {
    Process holder = spawned.process();
    Dispatcher dispatcher =
        new Dispatcher(
            name, holder.getOutputStream(), holder.getInputStream(), late, holder::destroyForcibly);
    String errors = "";
    try {
      Optional<Dispatcher.Hello> hello = dispatcher.hello(START);
      if (hello.isPresent()) {
        OptionalLong pid = HostProcesses.firstOf(hello.get().pidNamespace(), holder.toHandle());
        Optional<ProcessHandle> first =
            pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
        if (first.isPresent()) {
          return new Cell(holder, first.get(), dispatcher);
        }
      }
      dispatcher.close();
      errors = spawned.errors();
    } catch (InterruptedException e) {
      dispatcher.close();
      Thread.currentThread().interrupt();
    }
    throw new SandboxException(
        Kind.UNAVAILABLE, "the local sandbox does not start: " + errors, REMEDY);
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  List<ProcessInfo> processes() {
    return first.isAlive() ? HostProcesses.below(first.pid()) : List.of();
  }

  /** Ends everything in it and returns how many processes there were beside the dispatcher. */
  int kill() {
    return kill(End.SANDBOX_ENDED);
  }

  /**
   * Ends everything in it.
   *
   * <p>The kernel lets the first process of a pid namespace end only when all others in it have
   * ended; so nothing can run or write once that one is gone. The holder outlives it to reap it, or
   * dies with it when the dispatcher's loss is noticed in between.
   */
  int kill(End end) {
    int killed = processes().size();
    dispatcher.expect(end);
    first.destroyForcibly();
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while ((holder.isAlive() || first.isAlive()) && System.nanoTime() < deadline) {
      try {
        if (holder.waitFor(1, TimeUnit.SECONDS) && first.isAlive()) {
          Thread.sleep(1);
        }
      } catch (InterruptedException e) {
        // Half a freeze is none: finish, then pass it on.
        interrupted = true;
      }
    }
    dispatcher.close(end);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (holder.isAlive() || first.isAlive()) {
      throw new SandboxException(
          Kind.FAILED,
          "processes of the sandbox did not end within " + END_SECONDS + " s",
          "see whether the machine's disk hangs");
    }
    return killed;
  }
}
