package dev.pacebench.leaderboard.stats;

import java.util.Arrays;

/**
 * How many trials of each task were solved within each budget of a grid: what accuracy within a
 * time, its bootstrap and the virtual best are taken of.
 *
 * <p>A wrong answer and a trial ended by its limit are never solved later, so counting is the right
 * estimate up to the limit. Columns are the grid's budgets and a last one for all solved trials.
 * Only steps are held: a task with few attempts rises at few budgets.
 */
public final class SolvedBy {

  private final int columns;
  private final int[] trials;
  private final int[] begin;
  private final int[] stepColumns;
  private final int[] stepHeights;

  /** Counts. */
  public SolvedBy(Sample sample, TimeGrid grid) {
    columns = grid.size() + 1;
    trials = new int[sample.tasks()];
    begin = new int[sample.tasks() + 1];
    int[] column = new int[sample.trials()];
    int[] height = new int[sample.trials()];
    int[] counts = new int[columns];
    int steps = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      trials[t] = sample.counted(t);
      for (int i = sample.begin(t); i < sample.begin(t + 1); i++) {
        if (sample.solved(i)) {
          counts[grid.indexOf(sample.solvedAt(i))]++;
        }
      }
      for (int c = 0; c < columns; c++) {
        if (counts[c] > 0) {
          column[steps] = c;
          height[steps++] = counts[c];
          counts[c] = 0;
        }
      }
      begin[t + 1] = steps;
    }
    stepColumns = Arrays.copyOf(column, steps);
    stepHeights = Arrays.copyOf(height, steps);
  }

  /** One more than the grid has budgets. */
  public int columns() {
    return columns;
  }

  public int tasks() {
    return trials.length;
  }

  /** Trials of a task that were not lost. */
  public int trials(int t) {
    return trials[t];
  }

  /** Solved trials of a task, per column. */
  public int[] solved(int t) {
    int[] solved = new int[columns];
    for (int step = begin[t]; step < begin[t + 1]; step++) {
      solved[stepColumns[step]] = stepHeights[step];
    }
    for (int c = 1; c < columns; c++) {
      solved[c] += solved[c - 1];
    }
    return solved;
  }

  /** Solved trials over all trials, per column; NaN without trials. */
  public double[] shares() {
    int[] weights = new int[trials.length];
    Arrays.fill(weights, 1);
    double[] shares = new double[columns];
    shares(weights, new int[columns], shares, 0, 1);
    return shares;
  }

  /**
   * The same with each task counted several times.
   *
   * @param weights per task
   * @param sums for use here, as long as there are columns
   * @param into takes the shares, the first at {@code at} and each of the others {@code stride}
   *     further
   */
  public void shares(int[] weights, int[] sums, double[] into, int at, int stride) {
    Arrays.fill(sums, 0);
    long n = 0;
    for (int t = 0; t < trials.length; t++) {
      int weight = weights[t];
      if (weight == 0) {
        continue;
      }
      n += (long) weight * trials[t];
      for (int step = begin[t]; step < begin[t + 1]; step++) {
        sums[stepColumns[step]] += weight * stepHeights[step];
      }
    }
    long sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += sums[c];
      into[at + c * stride] = n == 0 ? Double.NaN : (double) sum / n;
    }
  }
}
