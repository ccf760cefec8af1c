package dev.pacebench.runner.home;

/** The one source of elapsed time; tests turn it by hand. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds on a monotonic clock of unknown origin. */
  long nanos();

  /** The JVM's monotonic clock. */
  Ticker SYSTEM = System::nanoTime;
}
