package dev.pacebench.leaderboard.stats;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The chance of having solved by a time when trials may be lost before their end: lost trials are
 * censored when they were lost, wrong answers and time-outs are competing events (Aalen and
 * Johansen 1978).
 *
 * <p>Without lost trials it is the share of solved trials. Kaplan-Meier, with wrong answers
 * censored, would estimate what nobody can see.
 */
public final class AalenJohansen {

  private AalenJohansen() {}

  /**
   * At each budget of a grid; NaN without trials.
   *
   * <p>A lost trial without a time says nothing and is left out. At equal times events come before
   * losses.
   */
  public static double[] of(Sample sample, TimeGrid grid) {
    double[] at = new double[sample.trials()];
    Integer[] order = new Integer[sample.trials()];
    for (int i = 0; i < at.length; i++) {
      order[i] = i;
      at[i] = time(sample, i);
    }
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(i -> at[i]).thenComparing(i -> sample.lost(i)));
    int atRisk = 0;
    for (int i = 0; i < at.length; i++) {
      atRisk += at[i] >= 0 ? 1 : 0;
    }
    double[] solved = new double[grid.size()];
    Arrays.fill(solved, Double.NaN);
    if (atRisk == 0) {
      return solved;
    }
    double sum = 0;
    double free = 1;
    int place = 0;
    for (int i : order) {
      if (at[i] < 0) {
        continue;
      }
      while (place < grid.size() && grid.at(place) < at[i]) {
        solved[place++] = sum;
      }
      // One trial after the other gives what counting them together does: 1 - d/n telescopes.
      if (!sample.lost(i)) {
        sum += sample.solved(i) ? free / atRisk : 0;
        free -= free / atRisk;
      }
      atRisk--;
    }
    Arrays.fill(solved, place, grid.size(), sum);
    return solved;
  }

  /** Below zero for what is left out. */
  private static double time(Sample sample, int i) {
    double seconds = sample.seconds(i);
    if (sample.lost(i)) {
      return seconds >= 0 ? Math.min(seconds, sample.limit(i)) : -1;
    }
    return sample.solved(i) || !(seconds < sample.limit(i)) ? sample.solvedAt(i) : seconds;
  }
}
