package dev.pacebench.runner.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * How much longer the same trials took in some runs than in others.
 *
 * <p>Of each trial the geometric means over either runs are divided; of these ratios the median is
 * taken, whose bounds are those of 2,000 resamples of the trials.
 *
 * @param median of the trials' ratios
 * @param low lower bound of 95 %
 * @param high upper bound
 * @param sums ratio of the seconds of all trials
 * @param trials compared
 */
record PairedTimes(double median, double low, double high, double sums, int trials) {

  private static final int RESAMPLES = 2_000;

  /** Trials that all runs have. */
  static PairedTimes of(List<Map<String, Double>> over, List<Map<String, Double>> under) {
    TreeSet<String> trials = new TreeSet<>(over.get(0).keySet());
    over.forEach(run -> trials.retainAll(run.keySet()));
    under.forEach(run -> trials.retainAll(run.keySet()));
    List<Double> logs = new ArrayList<>();
    double above = 0;
    double below = 0;
    for (String trial : trials) {
      logs.add(meanLog(over, trial) - meanLog(under, trial));
      above += sum(over, trial) / over.size();
      below += sum(under, trial) / under.size();
    }
    double[] values = logs.stream().mapToDouble(Double::doubleValue).toArray();
    double[] medians = new double[RESAMPLES];
    Random random = new Random(7);
    for (int i = 0; i < RESAMPLES; i++) {
      double[] drawn = new double[values.length];
      Arrays.setAll(drawn, at -> values[random.nextInt(values.length)]);
      medians[i] = median(drawn);
    }
    Arrays.sort(medians);
    return new PairedTimes(
        Math.exp(median(values)),
        Math.exp(medians[(int) (0.025 * RESAMPLES)]),
        Math.exp(medians[(int) (0.975 * RESAMPLES)]),
        above / below,
        values.length);
  }

  private static double meanLog(List<Map<String, Double>> runs, String trial) {
    return runs.stream().mapToDouble(run -> Math.log(run.get(trial))).average().orElseThrow();
  }

  private static double sum(List<Map<String, Double>> runs, String trial) {
    return runs.stream().mapToDouble(run -> run.get(trial)).sum();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
