package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.TrialRecord;

/** A try that gave no fair attempt, on positive evidence outside the sandbox. */
public final class LostTryException extends Exception {

  /** The cause of a try whose image cannot be built or pulled; a further try would end alike. */
  public static final String IMAGE = "image";

  private final transient TrialRecord record;
  private final String cause;
  private final boolean engineGone;

  /**
   * @param cause a short stable word for counting, such as {@code engine} or {@code provider_401}
   * @param record the try's record with outcome LOST, its evidence in place; counts when no further
   *     try follows
   * @param engineGone whether further tries are pointless until somebody repairs something
   */
  public LostTryException(
      String message, String cause, boolean engineGone, TrialRecord record, Throwable origin) {
    super(message, origin);
    this.cause = requireNonNull(cause, "cause is null");
    this.record = requireNonNull(record, "record is null");
    this.engineGone = engineGone;
  }

  public String causeWord() {
    return cause;
  }

  public TrialRecord record() {
    return record;
  }

  public boolean engineGone() {
    return engineGone;
  }
}
