package dev.pacebench.runner.speed;

/**
 * A published number to hold a comparison against: what OpenAI said in February 2026 of a
 * persistent WebSocket.
 */
enum Claim {
  OVERHEAD(0.20),
  FIRST_TOKEN(0.50),
  PER_TOKEN(0.70);

  private final double ratio;

  Claim(double ratio) {
    this.ratio = ratio;
  }

  /** What is left: 0.2 for 80 % less. */
  double ratio() {
    return ratio;
  }

  /** What a measured interval says to it. */
  enum Verdict {
    /** The number lies in the interval. */
    INSIDE,
    /** The whole interval is below it. */
    MORE_SAVED,
    /** The whole interval is above it. */
    LESS_SAVED
  }

  Verdict verdict(Estimate measured) {
    if (measured.contains(ratio)) {
      return Verdict.INSIDE;
    }
    return measured.hi() < ratio ? Verdict.MORE_SAVED : Verdict.LESS_SAVED;
  }
}
