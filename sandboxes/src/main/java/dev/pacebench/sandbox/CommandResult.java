package dev.pacebench.sandbox;

import java.time.Duration;

/**
 * How a command ended.
 *
 * <p>Exit codes serve agents, never verdicts: a root process in the sandbox could lie about them.
 *
 * @param end why it ended
 * @param exitCode the shell's exit code, 128 + signal when a signal ended it, -1 when unknown
 * @param elapsed from the request to the end, on the host's monotonic clock
 */
public record CommandResult(End end, int exitCode, Output stdout, Output stderr, Duration elapsed) {

  /** Why a command ended. */
  public enum End {
    /** By itself, or by a signal from inside the sandbox. */
    EXITED,
    /** Its process group was killed at its timeout. */
    TIMED_OUT,
    /** Its process group was killed on request. */
    KILLED,
    /** The sandbox was frozen or closed under it. */
    SANDBOX_ENDED,
    /** What ran it inside the sandbox was killed; how it ended is unknown. */
    DISPATCHER_LOST
  }

  public boolean succeeded() {
    return end == End.EXITED && exitCode == 0;
  }
}
