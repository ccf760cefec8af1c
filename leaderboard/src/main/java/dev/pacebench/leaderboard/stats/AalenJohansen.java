package dev.pacebench.leaderboard.stats;

import java.util.Arrays;

/**
 * The chance of having solved by a time when trials may be lost before their end: lost trials are
 * censored when they were lost, wrong answers and time-outs are competing events (Aalen and
 * Johansen 1978).
 *
 * <p>Without lost trials it is the share of solved trials. Kaplan-Meier, with wrong answers
 * censored, would estimate what nobody can see.
 */
public final class AalenJohansen {

  private static final int SOLVED = 0;
  private static final int COMPETING = 1;
  private static final int LOST = 2;
  private static final long KIND_BITS = 3;

  private AalenJohansen() {}

  /**
   * At each budget of a grid; NaN without trials.
   *
   * <p>A lost trial without a time says nothing and is left out. At equal times events come before
   * losses.
   */
  public static double[] of(Sample sample, TimeGrid grid) {
    long[] events = events(sample);
    double[] solved = new double[grid.size()];
    if (events.length == 0) {
      Arrays.fill(solved, Double.NaN);
      return solved;
    }
    double sum = 0;
    double free = 1;
    int atRisk = events.length;
    int place = 0;
    for (long event : events) {
      double time = Double.longBitsToDouble(event & ~KIND_BITS);
      while (place < grid.size() && grid.at(place) < time) {
        solved[place++] = sum;
      }
      int kind = (int) (event & KIND_BITS);
      // One trial after the other gives what counting them together does: 1 - d/n telescopes.
      if (kind != LOST) {
        sum += kind == SOLVED ? free / atRisk : 0;
        free -= free / atRisk;
      }
      atRisk--;
    }
    Arrays.fill(solved, place, grid.size(), sum);
    return solved;
  }

  /**
   * Times with their kind in the two lowest bits, sorted: the bits of positive numbers rise as the
   * numbers do, and the two last say nothing that a clock could.
   */
  private static long[] events(Sample sample) {
    long[] events = new long[sample.trials()];
    int n = 0;
    for (int i = 0; i < sample.trials(); i++) {
      double seconds = sample.seconds(i);
      double time = seconds < sample.limit(i) ? seconds : sample.limit(i);
      if (sample.lost(i) && Double.isNaN(seconds)) {
        continue;
      }
      int kind = sample.lost(i) ? LOST : sample.solved(i) ? SOLVED : COMPETING;
      events[n++] = (Double.doubleToRawLongBits(time + 0.0) & ~KIND_BITS) | kind;
    }
    long[] sorted = Arrays.copyOf(events, n);
    Arrays.sort(sorted);
    return sorted;
  }
}
