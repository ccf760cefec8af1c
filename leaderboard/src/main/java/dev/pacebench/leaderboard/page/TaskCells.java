package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.stats.Quantile;
import dev.pacebench.leaderboard.stats.Sample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tasks of a section, by name, and what each contender did at each of them. */
final class TaskCells {

  /**
   * A task of the set.
   *
   * @param labels the least value of each that its trials carry
   */
  record Task(String name, String digest, Map<String, String> labels) {
    static final Comparator<Task> ORDER =
        Comparator.comparing(Task::name).thenComparing(Task::digest);
  }

  final List<Task> tasks;

  /** By contender and task: trials that count, solved ones, median seconds of those, and of all. */
  final int[][] trials;

  final int[][] solved;
  final double[][] median;
  final double[][] medianAll;

  /** By contender and task of its sample: the task's place here. */
  final int[][] places;

  TaskCells(List<Entrant> entrants) {
    TreeMap<String, Task> found = new TreeMap<>();
    for (Entrant entrant : entrants) {
      Sample sample = entrant.sample();
      for (int t = 0; t < sample.tasks(); t++) {
        Task known = found.get(sample.task(t));
        TreeMap<String, String> labels = new TreeMap<>(known == null ? Map.of() : known.labels());
        for (int i = sample.begin(t); i < sample.begin(t + 1); i++) {
          entrant.labels(i).forEach((label, value) -> labels.merge(label, value, TaskCells::least));
        }
        found.put(
            sample.task(t),
            new Task(entrant.taskName(t), entrant.taskDigest(t), Map.copyOf(labels)));
      }
    }
    tasks = found.values().stream().sorted(Task.ORDER).toList();
    Map<String, Integer> placeOf = new TreeMap<>();
    TreeMap<Task, Integer> place = new TreeMap<>(Task.ORDER);
    tasks.forEach(task -> place.put(task, place.size()));
    found.forEach((key, task) -> placeOf.put(key, place.getOrDefault(task, 0)));
    int rows = entrants.size();
    trials = new int[rows][tasks.size()];
    solved = new int[rows][tasks.size()];
    median = new double[rows][tasks.size()];
    medianAll = new double[rows][tasks.size()];
    places = new int[rows][];
    for (int r = 0; r < rows; r++) {
      Arrays.fill(median[r], Double.NaN);
      Arrays.fill(medianAll[r], Double.NaN);
      Sample sample = entrants.get(r).sample();
      places[r] = new int[sample.tasks()];
      for (int t = 0; t < sample.tasks(); t++) {
        int at = placeOf.getOrDefault(sample.task(t), 0);
        places[r][t] = at;
        trials[r][at] = sample.counted(t);
        solved[r][at] = sample.solvedOf(t);
        median[r][at] = median(sample, t, true);
        medianAll[r][at] = median(sample, t, false);
      }
    }
  }

  private static String least(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static double median(Sample sample, int task, boolean solvedOnly) {
    double[] seconds = new double[sample.begin(task + 1) - sample.begin(task)];
    int n = 0;
    for (int i = sample.begin(task); i < sample.begin(task + 1); i++) {
      boolean wanted = solvedOnly ? sample.solved(i) : !sample.lost(i);
      if (wanted && !Double.isNaN(sample.seconds(i))) {
        seconds[n++] = sample.seconds(i);
      }
    }
    Arrays.sort(seconds, 0, n);
    return Quantile.ofSorted(Arrays.copyOf(seconds, n), 0.5);
  }

  /** Mean over contenders of the share solved; NaN where nobody has a trial that counts. */
  double solvedShare(int task) {
    double sum = 0;
    int contenders = 0;
    for (int r = 0; r < trials.length; r++) {
      if (trials[r][task] > 0) {
        sum += share(r, task);
        contenders++;
      }
    }
    return contenders == 0 ? Double.NaN : sum / contenders;
  }

  /** Chance that a trial each of two contenders come out differently, over all pairs of them. */
  double disagreement(int task) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < trials.length; a++) {
      for (int b = a + 1; b < trials.length; b++) {
        if (trials[a][task] > 0 && trials[b][task] > 0) {
          double ofA = share(a, task);
          double ofB = share(b, task);
          sum += ofA * (1 - ofB) + ofB * (1 - ofA);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  private double share(int contender, int task) {
    return (double) solved[contender][task] / trials[contender][task];
  }

  /** Digests of all tasks that two contenders attempted, as resampling is seeded by. */
  Set<String> digests(int a, int b) {
    TreeSet<String> digests = new TreeSet<>();
    for (int row : new int[] {a, b}) {
      for (int at : places[row]) {
        digests.add(tasks.get(at).digest());
      }
    }
    return digests;
  }

  /** How many tasks either of two contenders attempted. */
  int union(int a, int b) {
    TreeSet<Integer> union = new TreeSet<>();
    for (int row : new int[] {a, b}) {
      Arrays.stream(places[row]).forEach(union::add);
    }
    return union.size();
  }
}
