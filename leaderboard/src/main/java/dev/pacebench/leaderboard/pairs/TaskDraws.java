package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Resamples;

/**
 * Resamples of the tasks that two contenders share, as a count a task; tasks that share errors are
 * drawn together.
 */
final class TaskDraws {

  private final Resamples resamples;
  private final int[] clusterOf;

  private TaskDraws(Resamples resamples, int[] clusterOf) {
    this.resamples = resamples;
    this.clusterOf = clusterOf;
  }

  /**
   * Draws for a pair.
   *
   * @param shared by all contenders; used as they are when the pair has all tasks, each on its own
   */
  static TaskDraws of(PairedTasks tasks, Resamples shared, boolean allTasks) {
    boolean same = allTasks && tasks.clusters() == shared.tasks();
    return new TaskDraws(
        same
            ? shared
            : new Resamples(tasks.clusters(), shared.replicates(), Resamples.seed(tasks.keys())),
        tasks.clusterOf());
  }

  int replicates() {
    return resamples.replicates();
  }

  /** What resampling of so few underrates spread by (Efron and Tibshirani 1993, section 5.3). */
  double widening() {
    int clusters = resamples.tasks();
    return clusters < 2 ? 1 : Math.sqrt(clusters / (clusters - 1.0));
  }

  /** How often each task is in a replicate. */
  int[] counts(int replicate) {
    int[] drawn = resamples.counts(replicate);
    int[] counts = new int[clusterOf.length];
    for (int t = 0; t < counts.length; t++) {
      counts[t] = drawn[clusterOf[t]];
    }
    return counts;
  }
}
