package dev.pacebench.leaderboard.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One contender first, and the other only at what it did not solve, against the other alone.
 *
 * <p>Takes a verifier that tells a solution at once. However fast the first is, the speed-up stays
 * below the ceiling: what it leaves unsolved takes the second's time all the same.
 *
 * @param secondsAlone mean length of the second's trials
 * @param seconds expected length of both together
 * @param ceiling the speed-up if the first took no time: {@code 1 / (1 - p)} of the first's share
 *     p, weighted by the second's times
 * @param solved chance that one of the two solves, taking them as independent at each task
 */
public record Cascade(double secondsAlone, double seconds, double ceiling, double solved) {

  /** Of the second alone over both. */
  public double speedUp() {
    return secondsAlone / seconds;
  }

  /** Over tasks of which both have times; empty when there are none. */
  static Optional<Cascade> of(PairedTasks tasks, boolean firstIsA) {
    double alone = 0;
    double both = 0;
    double left = 0;
    double solved = 0;
    int count = 0;
    List<double[]> unused = new ArrayList<>();
    for (int t = 0; t < tasks.tasks(); t++) {
      double[] a = Restarts.rateAndSeconds(tasks.a(), tasks.trialsA(t), unused);
      double[] b = Restarts.rateAndSeconds(tasks.b(), tasks.trialsB(t), unused);
      if (a.length == 0 || b.length == 0) {
        continue;
      }
      double[] first = firstIsA ? a : b;
      double[] second = firstIsA ? b : a;
      alone += second[1];
      left += (1 - first[0]) * second[1];
      both += expected(first[1], first[0], second[1]);
      solved += 1 - (1 - first[0]) * (1 - second[0]);
      count++;
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(new Cascade(alone / count, both / count, alone / left, solved / count));
  }

  /** Expected seconds: the first's, and the second's where the first failed. */
  static double expected(double firstSeconds, double firstSolves, double secondSeconds) {
    return firstSeconds + (1 - firstSolves) * secondSeconds;
  }
}
