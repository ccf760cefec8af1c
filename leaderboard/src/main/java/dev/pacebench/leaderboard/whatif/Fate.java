package dev.pacebench.leaderboard.whatif;

import dev.pacebench.leaderboard.stats.Sample.Kind;

/**
 * What would have become of a trial under another tier, as far as it can be known: at least the
 * one, at most the other.
 *
 * <p>Work that was finished is the same work, sooner or later. Of work that a limit cut off nobody
 * knows what would have followed: a faster tier may have solved the task with the time it saves, as
 * early as the recorded work would have been done, or never.
 *
 * @param least the worse of what is possible
 * @param leastSeconds when it ends
 * @param most the better
 * @param mostSeconds when it ends
 */
public record Fate(Kind least, double leastSeconds, Kind most, double mostSeconds) {

  /** Whether nobody knows. */
  public boolean open() {
    return least != most || leastSeconds != mostSeconds;
  }

  private static Fate surely(Kind kind, double seconds) {
    return new Fate(kind, seconds, kind, seconds);
  }

  /**
   * Judges a trial.
   *
   * @param kind what came of it
   * @param cutOff whether its limit ended it, solved or not
   * @param retiming of its calls
   * @param limit in force, in seconds
   */
  public static Fate of(Kind kind, boolean cutOff, Retiming retiming, double limit) {
    double seconds = retiming.seconds();
    boolean late = seconds >= limit * (1 - 1e-6);
    if (kind == Kind.LOST) {
      return surely(kind, seconds);
    }
    if (!cutOff && kind != Kind.OUT_OF_TIME) {
      return seconds > limit ? surely(Kind.OUT_OF_TIME, limit) : surely(kind, seconds);
    }
    if (kind == Kind.SOLVED) {
      // Solved by what was there at the limit: more time may add to it or spoil it.
      return new Fate(
          Kind.OUT_OF_TIME, limit, kind, late ? limit : Math.min(limit, retiming.earliest()));
    }
    return late
        ? surely(Kind.OUT_OF_TIME, limit)
        : new Fate(Kind.OUT_OF_TIME, limit, Kind.SOLVED, retiming.earliest());
  }
}
