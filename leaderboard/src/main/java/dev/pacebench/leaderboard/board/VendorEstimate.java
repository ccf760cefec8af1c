package dev.pacebench.leaderboard.board;

/**
 * The time that vendors' arithmetic gives for the same work, beside what was measured; means over
 * trials in seconds.
 *
 * @param trials trials that have all of its parts
 * @param generating output tokens / tokens per second
 * @param prefill calls x median time to the first token
 * @param tools commands, as measured
 * @param network connecting and sending, as measured
 * @param measured the agent phase
 */
public record VendorEstimate(
    int trials, double generating, double prefill, double tools, double network, double measured) {

  public double estimated() {
    return generating + prefill + tools + network;
  }

  /** Measured minus estimated: what the arithmetic leaves out. */
  public double residual() {
    return measured - estimated();
  }
}
