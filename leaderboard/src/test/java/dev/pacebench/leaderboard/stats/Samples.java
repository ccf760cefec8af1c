package dev.pacebench.leaderboard.stats;

import dev.pacebench.leaderboard.stats.Sample.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes samples for tests. */
final class Samples {

  private Samples() {}

  /** One word of 0 and 1 per task. */
  static Sample ofMatrix(String... tasks) {
    List<double[]> trials = new ArrayList<>();
    int[] begin = new int[tasks.length + 1];
    for (int t = 0; t < tasks.length; t++) {
      begin[t + 1] = begin[t] + tasks[t].length();
      tasks[t].chars().forEach(c -> trials.add(new double[] {c == '1' ? 0 : 1, 10, 100}));
    }
    return make(keys(tasks.length), begin, trials);
  }

  /** One task per trial, each such as 30S. */
  static Sample ofTrials(double limit, String... words) {
    List<double[]> trials = new ArrayList<>();
    for (String word : words) {
      int last = word.length() - 1;
      int kind = "SWTL".indexOf(word.charAt(last));
      trials.add(new double[] {kind, Double.parseDouble(word.substring(0, last)), limit});
    }
    return make(keys(words.length), IntStream.rangeClosed(0, words.length).toArray(), trials);
  }

  /** Some tasks with some attempts each, of a common limit; lost ones too when wanted. */
  static Sample random(SplittableRandom random, double limit, boolean lost) {
    int tasks = random.nextInt(1, 30);
    List<double[]> trials = new ArrayList<>();
    int[] begin = new int[tasks + 1];
    for (int t = 0; t < tasks; t++) {
      double chance = random.nextDouble();
      int attempts = random.nextInt(1, 6);
      begin[t + 1] = begin[t] + attempts;
      for (int k = 0; k < attempts; k++) {
        double seconds = Math.ceil(random.nextDouble() * limit);
        int kind = random.nextDouble() < chance ? 0 : random.nextInt(1, 3);
        kind = lost && random.nextInt(5) == 0 ? 3 : kind;
        trials.add(new double[] {kind, kind == 2 ? limit : seconds, limit});
      }
    }
    return make(keys(tasks), begin, trials);
  }

  static Sample make(List<String> keys, int[] begin, List<double[]> trials) {
    return clustered(keys, keys, begin, trials);
  }

  /** Trials are kind, seconds, limit. */
  static Sample clustered(
      List<String> keys, List<String> clusters, int[] begin, List<double[]> trials) {
    byte[] kinds = new byte[trials.size()];
    double[] seconds = new double[trials.size()];
    double[] limits = new double[trials.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) trials.get(i)[0];
      seconds[i] = trials.get(i)[1];
      limits[i] = trials.get(i)[2];
    }
    return new Sample(keys, clusters, begin, kinds, seconds, limits);
  }

  static List<String> keys(int tasks) {
    return IntStream.range(0, tasks).mapToObj("task-%04d"::formatted).toList();
  }

  /** A grid of exactly these budgets' ends, and the budgets. */
  static TimeGrid grid(double limit, double... budgets) {
    return TimeGrid.of(1, limit).with(budgets);
  }

  static int count(Sample sample, Kind kind) {
    return (int) IntStream.range(0, sample.trials()).filter(i -> sample.kind(i) == kind).count();
  }

  static String[] rest(String[] words, int from) {
    return Arrays.copyOfRange(words, from, words.length);
  }
}
