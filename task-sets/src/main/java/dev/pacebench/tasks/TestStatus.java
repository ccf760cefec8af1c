package dev.pacebench.tasks;

/** What a test runner said of one test. */
public enum TestStatus {
  PASSED,
  FAILED,
  ERROR,
  SKIPPED,
  /** Failed, as it was expected to. */
  XFAIL;

  /** Whether this is what a test comes to that did its work and found nothing wrong. */
  public boolean passes() {
    return this == PASSED || this == XFAIL;
  }

  /** The worse of two: a test that is told of twice has to pass twice. */
  public TestStatus and(TestStatus other) {
    return rank() >= other.rank() ? this : other;
  }

  private int rank() {
    return switch (this) {
      case PASSED -> 0;
      case XFAIL -> 1;
      case SKIPPED -> 2;
      case ERROR -> 3;
      case FAILED -> 4;
    };
  }
}
