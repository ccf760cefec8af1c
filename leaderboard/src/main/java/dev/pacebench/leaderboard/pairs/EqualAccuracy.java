package dev.pacebench.leaderboard.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much sooner the first contender reaches an accuracy than the second: the time at which the
 * second's curve gets there over that of the first's.
 *
 * <p>Defined only for accuracies that both reach; never extrapolated.
 *
 * @param levels at every tenth that both reach, rising
 * @param common the highest accuracy that both reach
 */
public record EqualAccuracy(List<Level> levels, double common) {

  /** More replicates than this without the accuracy leave its interval unknown. */
  private static final double MOST_MISSING = 0.025;

  /**
   * One accuracy.
   *
   * @param accuracy share of trials solved
   * @param secondsA when the first reaches it
   * @param secondsB when the second reaches it
   * @param interval of {@link #speedUp}; absent when not identified: below ten tasks, or when one
   *     of the two does not get there in more than 2.5 % of the resamples
   */
  public record Level(double accuracy, double secondsA, double secondsB, Optional<Range> interval) {

    /** Above 1 when the first is sooner. */
    public double speedUp() {
      return secondsB / secondsA;
    }
  }

  public EqualAccuracy {
    levels = List.copyOf(levels);
  }

  /** The highest accuracy at which the speed-up has an interval. */
  public Optional<Level> highestIdentified() {
    return levels.stream()
        .filter(level -> level.interval().isPresent())
        .reduce((first, second) -> second);
  }

  static EqualAccuracy of(PairedTasks tasks, Solves a, Solves b, TaskDraws draws) {
    double[] tenths = new double[10];
    for (int i = 0; i < 10; i++) {
      tenths[i] = (i + 1) / 10.0;
    }
    double[] atA = a.reached(tenths, a.once());
    double[] atB = b.reached(tenths, b.once());
    int reached = 0;
    while (reached < 10 && finite(atA[reached], atB[reached])) {
      reached++;
    }
    double[] accuracies = java.util.Arrays.copyOf(tenths, reached);
    List<Optional<Range>> intervals =
        tasks.tasks() < PairedDifference.FEWEST_TASKS || tasks.clusters() < 2 || reached == 0
            ? java.util.Collections.nCopies(reached, Optional.empty())
            : intervals(a, b, accuracies, draws);
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < reached; i++) {
      levels.add(new Level(accuracies[i], atA[i], atB[i], intervals.get(i)));
    }
    double[] end = {Double.MAX_VALUE};
    return new EqualAccuracy(
        levels, Math.min(a.accuracy(end, a.once())[0], b.accuracy(end, b.once())[0]));
  }

  private static List<Optional<Range>> intervals(
      Solves a, Solves b, double[] accuracies, TaskDraws draws) {
    double[][] logs = new double[accuracies.length][draws.replicates()];
    int[] missing = new int[accuracies.length];
    int[] there = new int[accuracies.length];
    double[] plain = logRatios(a, b, accuracies, a.once());
    for (int r = 0; r < draws.replicates(); r++) {
      double[] drawn = logRatios(a, b, accuracies, draws.counts(r));
      for (int i = 0; i < accuracies.length; i++) {
        if (Double.isNaN(drawn[i])) {
          missing[i]++;
        } else {
          logs[i][there[i]++] = (drawn[i] - plain[i]) * draws.widening();
        }
      }
    }
    List<Optional<Range>> intervals = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      if (missing[i] > MOST_MISSING * draws.replicates() || Double.isNaN(plain[i])) {
        intervals.add(Optional.empty());
      } else {
        Range spread = Percentiles.of(java.util.Arrays.copyOf(logs[i], there[i]));
        intervals.add(
            Optional.of(
                new Range(Math.exp(plain[i] + spread.lo()), Math.exp(plain[i] + spread.hi()))));
      }
    }
    return intervals;
  }

  /** NaN where one of the two does not get there, or gets there at no time at all. */
  private static double[] logRatios(Solves a, Solves b, double[] accuracies, int[] counts) {
    double[] atA = a.reached(accuracies, counts);
    double[] atB = b.reached(accuracies, counts);
    double[] logs = new double[accuracies.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = finite(atA[i], atB[i]) ? Math.log(atB[i]) - Math.log(atA[i]) : Double.NaN;
    }
    return logs;
  }

  private static boolean finite(double a, double b) {
    return a < Double.POSITIVE_INFINITY && b < Double.POSITIVE_INFINITY && a > 0 && b > 0;
  }
}
