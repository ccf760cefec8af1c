package dev.pacebench.sandbox;

/**
 * How a service is.
 *
 * @param running whether it runs, or is about to be started again
 * @param exitCode of its last end; 0 while it never ended
 * @param outOfMemory whether the kernel ended something of it for lack of memory
 * @param restarts how often it was started again
 */
public record ServiceState(
    String name, boolean running, int exitCode, boolean outOfMemory, int restarts) {

  /** Whether it has come to an end that is not a success. */
  public boolean failed() {
    return !running && exitCode != 0;
  }

  @Override
  public String toString() {
    String end = running ? "running" : "ended with exit code " + exitCode;
    return end
        + (outOfMemory ? ", out of memory" : "")
        + (restarts > 0 ? ", started again " + restarts + " times" : "");
  }
}
