package dev.pacebench.runner.bench;

import java.util.Arrays;

/** Times of one kind, in milliseconds. */
final class Samples {

  /** Work to be timed. */
  interface Work {
    void run() throws Exception;
  }

  private double[] values = new double[0];

  void time(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    add((System.nanoTime() - start) / 1e6);
  }

  void add(double millis) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = millis;
  }

  double median() {
    return quantile(0.5);
  }

  /** Nearest rank. */
  double quantile(double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }

  /** Spread of the middle half over the median: how noisy the machine was. */
  double noise() {
    return (quantile(0.75) - quantile(0.25)) / median();
  }
}
