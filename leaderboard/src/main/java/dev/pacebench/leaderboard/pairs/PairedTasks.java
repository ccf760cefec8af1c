package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The tasks that two contenders both attempted, task by task in the order of their keys.
 *
 * <p>Lost trials are left out; a task of which either contender has nothing else is dropped.
 */
public final class PairedTasks {

  private final List<String> keys = new ArrayList<>();
  private final List<double[]> ratesAndTrials = new ArrayList<>();
  private final List<int[][]> trials = new ArrayList<>();
  private final int[] clusterOf;
  private final int clusters;
  private final int onlyA;
  private final int onlyB;
  private final int lost;
  private final Sample a;
  private final Sample b;

  private PairedTasks(Sample a, Sample b) {
    this.a = a;
    this.b = b;
    Map<String, Integer> placeInB = places(b);
    Map<String, Integer> common = new TreeMap<>();
    for (int t = 0; t < a.tasks(); t++) {
      if (placeInB.containsKey(a.task(t))) {
        common.put(a.task(t), t);
      }
    }
    onlyA = a.tasks() - common.size();
    onlyB = b.tasks() - common.size();
    List<String> names = new ArrayList<>();
    int dropped = 0;
    for (Map.Entry<String, Integer> task : common.entrySet()) {
      int inA = task.getValue();
      int inB = placeInB.getOrDefault(task.getKey(), -1);
      int[] ofA = counted(a, inA);
      int[] ofB = counted(b, inB);
      if (ofA.length == 0 || ofB.length == 0) {
        dropped++;
        continue;
      }
      keys.add(task.getKey());
      trials.add(new int[][] {ofA, ofB});
      ratesAndTrials.add(new double[] {rate(a, ofA), rate(b, ofB)});
      // Two samples that disagree on what a task shares errors with say nothing of it.
      boolean agree = a.cluster(inA).equals(b.cluster(inB));
      names.add(agree ? a.cluster(inA) : task.getKey());
    }
    lost = dropped;
    Map<String, Integer> numbers = new HashMap<>();
    int[] shared = names.stream().mapToInt(n -> number(numbers, n)).toArray();
    // A spread over fewer groups than that is itself too uncertain to go by.
    boolean enough = numbers.size() >= PairedDifference.FEWEST_TASKS;
    clusterOf = enough ? shared : IntStream.range(0, shared.length).toArray();
    clusters = enough ? numbers.size() : shared.length;
  }

  /** Pairs two contenders' trials. */
  public static PairedTasks of(Sample a, Sample b) {
    return new PairedTasks(a, b);
  }

  private static int number(Map<String, Integer> numbers, String name) {
    Integer known = numbers.get(name);
    if (known == null) {
      known = numbers.size();
      numbers.put(name, known);
    }
    return known;
  }

  private static Map<String, Integer> places(Sample sample) {
    Map<String, Integer> places = new HashMap<>();
    for (int t = 0; t < sample.tasks(); t++) {
      if (places.put(sample.task(t), t) != null) {
        throw new IllegalArgumentException("a sample has the task twice: " + sample.task(t));
      }
    }
    return places;
  }

  private static int[] counted(Sample sample, int task) {
    return IntStream.range(sample.begin(task), sample.begin(task + 1))
        .filter(trial -> !sample.lost(trial))
        .toArray();
  }

  private static double rate(Sample sample, int[] trials) {
    int solved = 0;
    for (int trial : trials) {
      solved += sample.solved(trial) ? 1 : 0;
    }
    return (double) solved / trials.length;
  }

  /** Tasks in common. */
  public int tasks() {
    return keys.size();
  }

  public List<String> keys() {
    return List.copyOf(keys);
  }

  /**
   * Groups of tasks that share errors, such as those of one repository, where there are ten or more
   * of them; else as many as tasks.
   */
  public int clusters() {
    return clusters;
  }

  int[] clusterOf() {
    return clusterOf;
  }

  /** Tasks that only the first attempted. */
  public int onlyA() {
    return onlyA;
  }

  /** Tasks that only the second attempted. */
  public int onlyB() {
    return onlyB;
  }

  /** Tasks of which one of the two has nothing but lost trials. */
  public int lost() {
    return lost;
  }

  /** Share of the first's trials at a task that it solved. */
  public double rateA(int task) {
    return ratesAndTrials.get(task)[0];
  }

  public double rateB(int task) {
    return ratesAndTrials.get(task)[1];
  }

  int[] trialsA(int task) {
    return trials.get(task)[0];
  }

  int[] trialsB(int task) {
    return trials.get(task)[1];
  }

  Sample a() {
    return a;
  }

  Sample b() {
    return b;
  }

  /** What the first's share is above the second's, task by task. */
  double[] differences() {
    double[] differences = new double[tasks()];
    for (int t = 0; t < differences.length; t++) {
      differences[t] = rateA(t) - rateB(t);
    }
    return differences;
  }
}
