package dev.pacebench.runner.gateway.record;

/**
 * How much of a trial's calls is kept.
 *
 * @param perCall bytes of one attempt's request and answer; more, and it cannot be played back
 * @param perTrial bytes of all attempts together
 * @param waiting bytes that may wait for the disk; what comes beyond is not kept
 */
public record RecordLimits(long perCall, long perTrial, long waiting) {

  private static final long MEGABYTE = 1 << 20;

  public static final RecordLimits DEFAULT =
      new RecordLimits(16 * MEGABYTE, 256 * MEGABYTE, 64 * MEGABYTE);

  public RecordLimits {
    if (perCall < 0 || perCall > 16 * MEGABYTE || perTrial < 0 || waiting < 0) {
      throw new IllegalArgumentException("limits are from 0; a call's at most 16 MB");
    }
  }
}
