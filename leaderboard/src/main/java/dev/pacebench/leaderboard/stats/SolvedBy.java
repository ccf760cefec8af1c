package dev.pacebench.leaderboard.stats;

/**
 * How many trials of each task were solved within each budget of a grid: what accuracy within a
 * time, its bootstrap and the virtual best are taken of.
 *
 * <p>A wrong answer and a trial ended by its limit are never solved later, so counting is the right
 * estimate up to the limit. Rows are tasks; the last column counts all solved trials.
 */
public final class SolvedBy {

  private final int columns;
  private final int[] counts;
  private final int[] trials;

  /** Counts. */
  public SolvedBy(Sample sample, TimeGrid grid) {
    columns = grid.size() + 1;
    counts = new int[sample.tasks() * columns];
    trials = new int[sample.tasks()];
    for (int t = 0; t < sample.tasks(); t++) {
      int row = t * columns;
      trials[t] = sample.counted(t);
      for (int i = sample.begin(t); i < sample.begin(t + 1); i++) {
        if (sample.solved(i)) {
          counts[row + grid.indexOf(sample.solvedAt(i))]++;
        }
      }
      for (int column = 1; column < columns; column++) {
        counts[row + column] += counts[row + column - 1];
      }
    }
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

  public int solved(int t, int column) {
    return counts[t * columns + column];
  }

  /** Solved trials over all trials, per column; NaN without trials. */
  public double[] shares() {
    int[] weights = new int[trials.length];
    java.util.Arrays.fill(weights, 1);
    double[] shares = new double[columns];
    shares(weights, new int[columns], shares);
    return shares;
  }

  /**
   * The same with each task counted several times.
   *
   * @param weights per task
   * @param sums for use here, as long as there are columns
   * @param into takes the shares
   */
  public void shares(int[] weights, int[] sums, double[] into) {
    java.util.Arrays.fill(sums, 0);
    long n = 0;
    for (int t = 0; t < trials.length; t++) {
      int weight = weights[t];
      if (weight == 0 || trials[t] == 0) {
        continue;
      }
      n += (long) weight * trials[t];
      int row = t * columns;
      for (int column = 0; column < sums.length; column++) {
        sums[column] += weight * counts[row + column];
      }
    }
    for (int column = 0; column < sums.length; column++) {
      into[column] = n == 0 ? Double.NaN : (double) sums[column] / n;
    }
  }
}
