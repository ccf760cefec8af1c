package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A sandbox as an agent sees it: commands and files, and a door that shuts for good.
 *
 * <p>After {@link #shut} nothing that the agent does on the host reaches the sandbox, so a thread
 * that overlooks its interruption cannot work on after the deadline.
 */
public final class AgentSandbox {

  /** The door waits this long for a request that is just being sent. */
  private static final long SHUT_WAIT_SECONDS = 2;

  private final Sandbox sandbox;
  private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();
  private volatile boolean shut;
  private volatile boolean used;

  public AgentSandbox(Sandbox sandbox) {
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
  }

  /** Runs a command to its end. */
  public CommandResult run(Command command, OutputListener live) throws InterruptedException {
    return start(command, live).await();
  }

  /** Starts a command. */
  public RunningCommand start(Command command, OutputListener live) throws InterruptedException {
    door.readLock().lockInterruptibly();
    try {
      requireOpen();
      used = true;
      return sandbox.start(command, live);
    } finally {
      door.readLock().unlock();
    }
  }

  /** Copies files in; see {@link Sandbox#put}. */
  public void put(Path source, String target, boolean executable) throws InterruptedException {
    door.readLock().lockInterruptibly();
    try {
      requireOpen();
      sandbox.put(source, target, executable);
    } finally {
      door.readLock().unlock();
    }
  }

  /** Lets nothing through any more. */
  public void shut() throws InterruptedException {
    shut = true;
    // A request that hangs in a dead engine must not hold up the deadline.
    if (door.writeLock().tryLock(SHUT_WAIT_SECONDS, TimeUnit.SECONDS)) {
      door.writeLock().unlock();
    }
  }

  /** Whether a command was ever started. */
  public boolean used() {
    return used;
  }

  private void requireOpen() {
    if (shut) {
      throw new SandboxException(
          SandboxException.Kind.BAD_REQUEST, "the agent phase is over", "stop the agent");
    }
  }
}
