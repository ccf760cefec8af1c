package dev.pacebench.leaderboard.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bands around a difference of two accuracy curves by resampling tasks.
 *
 * <p>For one budget: percentiles, widened for the number of tasks. For all at once: the difference
 * give or take as many standard errors as 95 % of the replicates stay within everywhere (Efron and
 * Tibshirani 1993; sup-t). Where no replicate differs, Bonett and Price's interval stands in.
 */
final class GapBands {

  private final List<Optional<Range>> here;
  private final List<Optional<Range>> everywhere;

  private GapBands(List<Optional<Range>> here, List<Optional<Range>> everywhere) {
    this.here = here;
    this.everywhere = everywhere;
  }

  Optional<Range> here(int budget) {
    return here.get(budget);
  }

  Optional<Range> everywhere(int budget) {
    return everywhere.get(budget);
  }

  static GapBands none(int budgets) {
    List<Optional<Range>> nothing = java.util.Collections.nCopies(budgets, Optional.empty());
    return new GapBands(nothing, nothing);
  }

  static GapBands of(PairedTasks tasks, Solves a, Solves b, double[] grid, TaskDraws draws) {
    double[] gap = minus(a.accuracy(grid, a.once()), b.accuracy(grid, b.once()));
    double[][] byBudget = new double[grid.length][draws.replicates()];
    for (int r = 0; r < draws.replicates(); r++) {
      int[] counts = draws.counts(r);
      double[] drawn = minus(a.accuracy(grid, counts), b.accuracy(grid, counts));
      for (int g = 0; g < grid.length; g++) {
        byBudget[g][r] = (drawn[g] - gap[g]) * draws.widening();
      }
    }
    double[] error = new double[grid.length];
    for (int g = 0; g < grid.length; g++) {
      error[g] = deviation(byBudget[g]);
    }
    double reach = reach(byBudget, error, draws.replicates());
    List<Optional<Range>> here = new ArrayList<>();
    List<Optional<Range>> everywhere = new ArrayList<>();
    for (int g = 0; g < grid.length; g++) {
      if (error[g] < 1e-12) {
        Range stand = BonettPrice.of(differences(tasks, grid[g]));
        here.add(Optional.of(stand));
        everywhere.add(Optional.of(stand));
      } else {
        Range spread = Percentiles.of(byBudget[g]);
        here.add(Optional.of(new Range(gap[g] + spread.lo(), gap[g] + spread.hi())));
        double half = reach * error[g];
        everywhere.add(Optional.of(new Range(gap[g] - half, gap[g] + half)));
      }
    }
    return new GapBands(here, everywhere);
  }

  private static double reach(double[][] byBudget, double[] error, int replicates) {
    double[] farthest = new double[replicates];
    for (int g = 0; g < byBudget.length; g++) {
      for (int r = 0; r < replicates && error[g] >= 1e-12; r++) {
        farthest[r] = Math.max(farthest[r], Math.abs(byBudget[g][r]) / error[g]);
      }
    }
    return Math.max(Power.Z_TWO_SIDED, Percentiles.upper(farthest));
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double deviation(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static double[] differences(PairedTasks tasks, double budget) {
    double[] differences = new double[tasks.tasks()];
    for (int t = 0; t < differences.length; t++) {
      differences[t] =
          solved(tasks.a(), tasks.trialsA(t), budget) - solved(tasks.b(), tasks.trialsB(t), budget);
    }
    return differences;
  }

  private static double solved(
      dev.pacebench.leaderboard.stats.Sample sample, int[] trials, double budget) {
    double solved = 0;
    for (int trial : trials) {
      solved += sample.solved(trial) && sample.solvedAt(trial) <= budget ? 1 : 0;
    }
    return solved / trials.length;
  }
}
