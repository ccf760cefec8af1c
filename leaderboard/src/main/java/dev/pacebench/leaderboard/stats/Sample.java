package dev.pacebench.leaderboard.stats;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One contender's trials on one task set as columns, task by task: what every statistic is taken
 * of.
 *
 * <p>Tasks are sorted by key; a task's trials are sorted by (run, attempt), so that sums do not
 * depend on the order in which trials ended. Task {@code t} has the trials from {@code begin(t)} up
 * to, not including, {@code begin(t + 1)}.
 */
public final class Sample {

  /** What came of a trial, as far as statistics tell trials apart. */
  public enum Kind {
    /** Solved within its limit. */
    SOLVED,
    /** Stopped without a solution: it can never solve any more, however long one waits. */
    WRONG,
    /** Ended by its time limit without a solution. */
    OUT_OF_TIME,
    /** Lost for reasons that have nothing to do with the contender. */
    LOST
  }

  private static final Kind[] KINDS = Kind.values();

  private final List<String> tasks;
  private final List<String> clusters;
  private final int[] begin;
  private final byte[] kinds;
  private final double[] seconds;
  private final double[] limits;

  /**
   * Takes columns over without copying.
   *
   * @param tasks sorted keys, one per task: its name, or whatever pairs tasks between contenders
   * @param clusters per task, what its errors are shared with: its repository, else its own key
   * @param begin one longer than the tasks: where each task's trials begin
   * @param kinds per trial, {@link Kind#ordinal()}
   * @param seconds per trial, length of the agent phase; NaN when none took place
   * @param limits per trial, the agent phase's limit in seconds
   */
  public Sample(
      List<String> tasks,
      List<String> clusters,
      int[] begin,
      byte[] kinds,
      double[] seconds,
      double[] limits) {
    this.tasks = List.copyOf(tasks);
    this.clusters = List.copyOf(clusters);
    this.begin = requireNonNull(begin, "begin is null");
    this.kinds = requireNonNull(kinds, "kinds is null");
    this.seconds = requireNonNull(seconds, "seconds is null");
    this.limits = requireNonNull(limits, "limits is null");
    if (clusters.size() != tasks.size() || begin.length != tasks.size() + 1) {
      throw new IllegalArgumentException("tasks, clusters and begin do not fit each other");
    }
    int trials = begin[tasks.size()];
    if (kinds.length != trials || seconds.length != trials || limits.length != trials) {
      throw new IllegalArgumentException("the columns of trials differ in length");
    }
  }

  /** Number of tasks. */
  public int tasks() {
    return tasks.size();
  }

  /** Number of trials, lost ones included. */
  public int trials() {
    return kinds.length;
  }

  public String task(int t) {
    return tasks.get(t);
  }

  public List<String> taskKeys() {
    return tasks;
  }

  public String cluster(int t) {
    return clusters.get(t);
  }

  /** Index of a task's first trial; for {@code t == tasks()} the number of trials. */
  public int begin(int t) {
    return begin[t];
  }

  public Kind kind(int trial) {
    return KINDS[kinds[trial]];
  }

  public boolean solved(int trial) {
    return kinds[trial] == 0;
  }

  public boolean lost(int trial) {
    return kinds[trial] == 3;
  }

  /** Length of the agent phase; NaN when none took place. */
  public double seconds(int trial) {
    return seconds[trial];
  }

  public double limit(int trial) {
    return limits[trial];
  }

  /**
   * When a solved trial counts as solved: at its end, at the latest at its limit, and there too
   * when its time is not known.
   */
  public double solvedAt(int trial) {
    double time = seconds[trial];
    return time < limits[trial] ? time : limits[trial];
  }

  /** The longest limit of any trial; zero without trials. */
  public double longestLimit() {
    double longest = 0;
    for (double limit : limits) {
      longest = Math.max(longest, limit);
    }
    return longest;
  }

  /** Number of a task's trials that were not lost. */
  public int counted(int t) {
    int counted = 0;
    for (int i = begin[t]; i < begin[t + 1]; i++) {
      counted += kinds[i] == 3 ? 0 : 1;
    }
    return counted;
  }

  /** Number of a task's solved trials. */
  public int solvedOf(int t) {
    int solved = 0;
    for (int i = begin[t]; i < begin[t + 1]; i++) {
      solved += kinds[i] == 0 ? 1 : 0;
    }
    return solved;
  }
}
