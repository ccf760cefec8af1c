package dev.pacebench.leaderboard.pairs;

import dev.pacebench.leaderboard.stats.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Builds samples trial by trial. */
final class Made {

  private record Trial(Sample.Kind kind, double seconds) {}

  private final double limit;
  private final TreeMap<String, List<Trial>> trials = new TreeMap<>();
  private final TreeMap<String, String> repositories = new TreeMap<>();

  Made(double limit) {
    this.limit = limit;
  }

  Made solved(String task, double seconds) {
    return add(task, Sample.Kind.SOLVED, seconds);
  }

  Made wrong(String task, double seconds) {
    return add(task, Sample.Kind.WRONG, seconds);
  }

  Made outOfTime(String task) {
    return add(task, Sample.Kind.OUT_OF_TIME, limit);
  }

  Made lost(String task) {
    return add(task, Sample.Kind.LOST, Double.NaN);
  }

  Made add(String task, Sample.Kind kind, double seconds) {
    trials.computeIfAbsent(task, key -> new ArrayList<>()).add(new Trial(kind, seconds));
    return this;
  }

  Made repository(String task, String name) {
    repositories.put(task, name);
    return this;
  }

  Sample sample() {
    List<String> keys = List.copyOf(trials.keySet());
    List<Trial> all = new ArrayList<>();
    int[] begin = new int[keys.size() + 1];
    for (int t = 0; t < keys.size(); t++) {
      all.addAll(trials.get(keys.get(t)));
      begin[t + 1] = all.size();
    }
    byte[] kinds = new byte[all.size()];
    double[] seconds = new double[all.size()];
    double[] limits = new double[all.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) all.get(i).kind().ordinal();
      seconds[i] = all.get(i).seconds();
      limits[i] = limit;
    }
    List<String> clusters = keys.stream().map(k -> repositories.getOrDefault(k, k)).toList();
    return new Sample(keys, clusters, begin, kinds, seconds, limits);
  }

  /** Tasks of which each is solved with the chance that lies in a range, at times around one. */
  static Sample drawn(
      int tasks, int attempts, double lowest, double highest, double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Made made = new Made(600);
    for (int t = 0; t < tasks; t++) {
      double chance = lowest + (highest - lowest) * hardness(t);
      for (int k = 0; k < attempts; k++) {
        double time = seconds * Math.exp(random.nextDouble() * 2 - 1) * (0.5 + hardness(t));
        made.add(
            name(t),
            time > 600
                ? Sample.Kind.OUT_OF_TIME
                : random.nextDouble() < chance ? Sample.Kind.SOLVED : Sample.Kind.WRONG,
            Math.min(600, time));
      }
    }
    return made.sample();
  }

  static String name(int task) {
    return "task-%04d".formatted(task);
  }

  /** The same for all contenders. */
  private static double hardness(int task) {
    return new SplittableRandom(task).nextDouble();
  }
}
