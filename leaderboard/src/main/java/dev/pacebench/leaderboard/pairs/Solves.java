package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Sample;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One contender's solved trials in the order of their times, each with its share of its task.
 *
 * <p>Accuracy within a time is the sum of the shares up to it, over the number of tasks: a wrong
 * answer can never become a solution, so nothing is censored. A solution whose time is not known
 * counts from its limit on.
 */
final class Solves {

  private final int tasks;
  private final double[] seconds;
  private final int[] taskOf;
  private final double[] share;

  private Solves(int tasks, double[] seconds, int[] taskOf, double[] share) {
    this.tasks = tasks;
    this.seconds = seconds;
    this.taskOf = taskOf;
    this.share = share;
  }

  static Solves ofA(PairedTasks pair) {
    return of(
        pair.a(), IntStream.range(0, pair.tasks()).mapToObj(pair::trialsA).toArray(int[][]::new));
  }

  static Solves ofB(PairedTasks pair) {
    return of(
        pair.b(), IntStream.range(0, pair.tasks()).mapToObj(pair::trialsB).toArray(int[][]::new));
  }

  private record Solve(double seconds, int task, double share) {}

  private static Solves of(Sample sample, int[][] trials) {
    Solve[] solves =
        IntStream.range(0, trials.length)
            .boxed()
            .flatMap(
                task ->
                    IntStream.of(trials[task])
                        .filter(sample::solved)
                        .mapToObj(
                            trial ->
                                new Solve(
                                    Math.max(0, sample.solvedAt(trial)),
                                    task,
                                    1.0 / trials[task].length)))
            .sorted(Comparator.comparingDouble(Solve::seconds).thenComparingInt(Solve::task))
            .toArray(Solve[]::new);
    double[] seconds = new double[solves.length];
    int[] taskOf = new int[solves.length];
    double[] share = new double[solves.length];
    for (int i = 0; i < solves.length; i++) {
      seconds[i] = solves[i].seconds();
      taskOf[i] = solves[i].task();
      share[i] = solves[i].share();
    }
    return new Solves(trials.length, seconds, taskOf, share);
  }

  int size() {
    return seconds.length;
  }

  double seconds(int index) {
    return seconds[index];
  }

  int tasks() {
    return tasks;
  }

  /** How often each task counts when none is drawn. */
  int[] once() {
    int[] counts = new int[tasks];
    java.util.Arrays.fill(counts, 1);
    return counts;
  }

  private static double total(int[] counts) {
    double total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  /** Accuracy within each of the rising times. */
  double[] accuracy(double[] times, int[] counts) {
    double total = total(counts);
    double[] accuracy = new double[times.length];
    double sum = 0;
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      while (next < seconds.length && seconds[next] <= times[i]) {
        sum += counts[taskOf[next]] * share[next];
        next++;
      }
      accuracy[i] = sum / total;
    }
    return accuracy;
  }

  /** The time at which each of the rising accuracies is reached; infinite where it never is. */
  double[] reached(double[] accuracies, int[] counts) {
    double total = total(counts);
    double[] reached = new double[accuracies.length];
    double sum = 0;
    int next = 0;
    for (int i = 0; i < accuracies.length; i++) {
      // Thirds do not add up to a whole in floating point.
      double wanted = accuracies[i] * total - 1e-9 * total;
      while (sum < wanted && next < seconds.length) {
        sum += counts[taskOf[next]] * share[next];
        next++;
      }
      reached[i] = sum < wanted || next == 0 ? Double.POSITIVE_INFINITY : seconds[next - 1];
    }
    return reached;
  }
}
