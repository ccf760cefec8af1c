package dev.pacebench.sandbox;

/** A command under way. */
public interface RunningCommand {

  /** Waits for the end; the command's own timeout bounds the wait. */
  CommandResult await() throws InterruptedException;

  /** Kills the process group; {@link #await} then returns soon. */
  void kill();
}
