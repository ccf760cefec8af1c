package dev.pacebench.tasks.harbor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Bounds of what a task may ask for; beyond them a value is taken for a mistake. */
public final class Limits {

  static final double LEAST_SECONDS = 0.001;
  static final double MOST_SECONDS = Duration.ofDays(7).toSeconds();
  public static final double LEAST_CPUS = 0.01;
  public static final double MOST_CPUS = 4096;
  public static final long LEAST_MEMORY_MB = 4;
  public static final long MOST_MEMORY_MB = 16L << 20;
  static final long LEAST_STORAGE_MB = 1;
  static final long MOST_STORAGE_MB = 1L << 30;
  static final long MOST_FILE_BYTES = 1 << 20;

  private Limits() {}

  /** A time limit, which must be positive. */
  public static Optional<Duration> seconds(TomlTable table, String key) {
    return duration(table.number(key, LEAST_SECONDS, MOST_SECONDS));
  }

  static Duration seconds(TomlTable table, String key, long otherwise) {
    return seconds(table, key).orElse(Duration.ofSeconds(otherwise));
  }

  /** A pause, which may be zero. */
  static Duration pause(TomlTable table, String key, long otherwise) {
    return duration(table.number(key, 0, MOST_SECONDS)).orElse(Duration.ofSeconds(otherwise));
  }

  private static Optional<Duration> duration(OptionalDouble seconds) {
    return seconds.isPresent()
        ? Optional.of(Duration.ofNanos(Math.round(seconds.getAsDouble() * 1e9)))
        : Optional.empty();
  }
}
