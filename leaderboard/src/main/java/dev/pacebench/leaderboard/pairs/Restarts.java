package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What it would take to start a contender anew until a task is solved.
 *
 * <p>Takes a verifier that tells a solution at once, and tries that are independent: trials of one
 * task often fall into the same trap, so pass@k says better what several tries bring. Per task
 * first, then averaged, since the mean of {@code t / p} is not {@code t / mean p}.
 *
 * @param secondsOfOne mean length of one trial, solved or not
 * @param secondsUntilSolved expected length of all tries; infinite when some task was never solved
 * @param neverSolved tasks that no trial solved
 * @param capped the same with at most so many tries, from one on
 * @param cutoff the time after which giving a try up and starting anew solves soonest; absent when
 *     nothing was solved
 */
public record Restarts(
    double secondsOfOne,
    double secondsUntilSolved,
    int neverSolved,
    List<Capped> capped,
    Optional<Cutoff> cutoff) {

  static final int MOST_TRIES = 3;

  /**
   * With at most so many tries.
   *
   * @param tries at most
   * @param seconds expected length of all of them
   * @param solved chance that one of them solves
   */
  public record Capped(int tries, double seconds, double solved) {}

  /**
   * Giving up after a time.
   *
   * @param after seconds
   * @param seconds expected length of all tries until one solves, over trials of all tasks alike
   */
  public record Cutoff(double after, double seconds) {}

  public Restarts {
    capped = List.copyOf(capped);
  }

  /** Of the trials at each task; empty when none has a time. */
  static Optional<Restarts> of(Sample sample, List<int[]> trialsOfTasks) {
    List<double[]> tasks = new ArrayList<>();
    List<double[]> trials = new ArrayList<>();
    for (int[] ofTask : trialsOfTasks) {
      double[] rateAndSeconds = rateAndSeconds(sample, ofTask, trials);
      if (rateAndSeconds.length > 0) {
        tasks.add(rateAndSeconds);
      }
    }
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    List<Capped> capped = new ArrayList<>();
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      double seconds = 0;
      double solved = 0;
      for (double[] task : tasks) {
        seconds += capped(task[0], task[1], tries);
        solved += solved(task[0], tries);
      }
      capped.add(new Capped(tries, seconds / tasks.size(), solved / tasks.size()));
    }
    return Optional.of(
        new Restarts(
            tasks.stream().mapToDouble(task -> task[1]).sum() / tasks.size(),
            tasks.stream().mapToDouble(task -> task[1] / task[0]).sum() / tasks.size(),
            (int) tasks.stream().filter(task -> task[0] == 0).count(),
            capped,
            cutoff(trials)));
  }

  /** Share solved and mean seconds of the trials that have a time; empty when none has. */
  static double[] rateAndSeconds(Sample sample, int[] trials, List<double[]> timed) {
    double solved = 0;
    double seconds = 0;
    int count = 0;
    for (int trial : trials) {
      double length = sample.seconds(trial);
      if (length > 0 && length < Double.POSITIVE_INFINITY) {
        solved += sample.solved(trial) ? 1 : 0;
        seconds += length;
        count++;
        timed.add(new double[] {length, sample.solved(trial) ? 1 : 0});
      }
    }
    return count == 0 ? new double[0] : new double[] {solved / count, seconds / count};
  }

  /** Expected length of at most so many tries of a mean length, each with the same chance. */
  static double capped(double chance, double seconds, int tries) {
    return chance == 0 ? seconds * tries : seconds * solved(chance, tries) / chance;
  }

  static double solved(double chance, int tries) {
    return 1 - Math.pow(1 - chance, tries);
  }

  /** Expected length until solved when tries that fail take another time than those that solve. */
  static double untilSolved(double chance, double secondsSolved, double secondsFailed) {
    return secondsSolved + (1 - chance) / chance * secondsFailed;
  }

  /** Luby, Sinclair and Zuckerman (1993): mean of min(t, c) over the share solved by c. */
  static double withCutoff(List<double[]> timesAndSolved, double after) {
    double seconds = 0;
    double solved = 0;
    for (double[] trial : timesAndSolved) {
      seconds += Math.min(trial[0], after);
      solved += trial[1] == 1 && trial[0] <= after ? 1 : 0;
    }
    return seconds / solved;
  }

  private static Optional<Cutoff> cutoff(List<double[]> trials) {
    // Sums up to each time make this linear after sorting; trials may be very many.
    double[][] sorted = trials.toArray(double[][]::new);
    Arrays.sort(sorted, (x, y) -> Double.compare(x[0], y[0]));
    double before = 0;
    double solved = 0;
    Cutoff best = null;
    for (int i = 0; i < sorted.length; i++) {
      before += sorted[i][0];
      solved += sorted[i][1];
      boolean lastOfItsTime = i + 1 == sorted.length || sorted[i + 1][0] > sorted[i][0];
      if (sorted[i][1] == 1 && !lastOfItsTime) {
        continue;
      }
      double seconds = (before + sorted[i][0] * (sorted.length - 1 - i)) / solved;
      if (solved > 0 && (best == null || seconds < best.seconds())) {
        best = new Cutoff(sorted[i][0], seconds);
      }
    }
    return Optional.ofNullable(best);
  }
}
