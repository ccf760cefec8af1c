package dev.pacebench.leaderboard.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Solved trials over trials that were not lost, and how sure that is when trials of one cluster
 * resemble each other.
 *
 * <p>CR0 is the root of {@code sum over clusters of (sum over its trials of (s - mean))^2} over the
 * number of trials; the standard error, CR1, is CR0 times the root of {@code C / (C - 1)} (Miller
 * 2024, arXiv 2411.00640, with the small-sample factor). With equally many trials per task it is
 * the standard deviation of the tasks' means over the root of their number.
 *
 * @param mean NaN when every trial was lost
 * @param trials that were not lost
 * @param solved of them
 * @param tasks with such a trial
 * @param clusters groups of trials taken as independent of each other
 * @param byRepository whether clusters are what tasks share, else each task is one
 * @param cr0 without the small-sample factor
 */
public record ClusteredAccuracy(
    double mean,
    int trials,
    int solved,
    int tasks,
    int clusters,
    boolean byRepository,
    double cr0) {

  /** Below this many an interval would promise more than it knows. */
  public static final int FEWEST = 10;

  /** What rounding leaves where there is no spread at all. */
  private static final double NO_SPREAD = 1e-12;

  /** Takes all tasks of a sample. */
  public static ClusteredAccuracy of(Sample sample) {
    int[] clusterOf = Clusters.of(sample);
    int clusters = Clusters.count(clusterOf);
    int tasks = 0;
    int solved = 0;
    int trials = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      int counted = sample.counted(t);
      tasks += counted > 0 ? 1 : 0;
      trials += counted;
      solved += sample.solvedOf(t);
    }
    double mean = (double) solved / trials;
    double[] sums = new double[clusters];
    for (int t = 0; t < sample.tasks(); t++) {
      if (clusterOf[t] >= 0) {
        sums[clusterOf[t]] += sample.solvedOf(t) - sample.counted(t) * mean;
      }
    }
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    return new ClusteredAccuracy(
        mean, trials, solved, tasks, clusters, clusters < tasks, Math.sqrt(squares) / trials);
  }

  /** CR1; NaN below two clusters. */
  public double standardError() {
    return clusters < 2 ? Double.NaN : cr0 * Math.sqrt(clusters / (clusters - 1.0));
  }

  /** Whether there are too few tasks for any interval. */
  public boolean tooFew() {
    return clusters < FEWEST;
  }

  /** All clusters came out alike, so that there is no spread to measure. */
  public boolean withoutSpread() {
    return cr0 < NO_SPREAD;
  }

  /** Student's t with one degree of freedom less than clusters, of 95 %. */
  public Optional<Bounds> studentT() {
    if (tooFew() || withoutSpread()) {
      return Optional.empty();
    }
    double half = TDistribution.of(clusters - 1.0).inverseSurvivalProbability(0.025);
    return Optional.of(new Bounds(mean - half * standardError(), mean + half * standardError()));
  }

  /**
   * How many independent trials would be as sure: {@code mean (1 - mean) / CR0^2}, which with one
   * attempt per task is their number; that of the clusters without spread.
   */
  public double effectiveTrials() {
    if (trials == 0) {
      return Double.NaN;
    }
    return withoutSpread() ? clusters : Math.min(trials, mean * (1 - mean) / (cr0 * cr0));
  }

  /** Which tasks share their errors. */
  static final class Clusters {

    private Clusters() {}

    /**
     * The number of each task's cluster, -1 for tasks without a trial that was not lost.
     *
     * <p>Repositories are clusters when at least {@value ClusteredAccuracy#FEWEST} are there; else
     * each task is one, and the question is about other tasks of the same repositories.
     */
    static int[] of(Sample sample) {
      int[] shared = number(sample, true);
      return count(shared) >= FEWEST ? shared : number(sample, false);
    }

    static int count(int[] clusterOf) {
      int most = -1;
      for (int cluster : clusterOf) {
        most = Math.max(most, cluster);
      }
      return most + 1;
    }

    private static int[] number(Sample sample, boolean shared) {
      Map<String, Integer> numbers = new HashMap<>();
      int[] clusterOf = new int[sample.tasks()];
      int next = 0;
      for (int t = 0; t < clusterOf.length; t++) {
        if (sample.counted(t) == 0) {
          clusterOf[t] = -1;
        } else if (shared) {
          Integer known = numbers.putIfAbsent(sample.cluster(t), next);
          clusterOf[t] = known == null ? next++ : known;
        } else {
          clusterOf[t] = next++;
        }
      }
      return clusterOf;
    }
  }
}
