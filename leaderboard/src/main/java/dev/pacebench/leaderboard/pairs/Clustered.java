package dev.pacebench.leaderboard.pairs;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean whose values share errors within clusters.
 *
 * <p>Standard error CR1: the root of {@code C / (C - 1) * sum over clusters of (sum of its values'
 * deviations)^2}, divided by the number of values; with one value a cluster the usual standard
 * error of a mean. Judged by Student's t with {@code C - 1} degrees of freedom (Miller 2024, arXiv
 * 2411.00640, with the small-sample factor).
 *
 * @param mean of all values
 * @param standardError NaN below two clusters
 * @param values how many
 * @param clusters how many
 */
record Clustered(double mean, double standardError, int values, int clusters) {

  /** What rounding leaves where there is no spread. */
  private static final double NO_SPREAD = 1e-12;

  /**
   * Takes values with the number of each one's cluster.
   *
   * @param clusterOf from 0
   * @param clusters how many there are
   */
  static Clustered of(double[] values, int[] clusterOf, int clusters) {
    double mean = 0;
    for (double value : values) {
      mean += value;
    }
    mean /= values.length;
    double[] sums = new double[clusters];
    for (int i = 0; i < values.length; i++) {
      sums[clusterOf[i]] += values[i] - mean;
    }
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    double error =
        clusters < 2 ? Double.NaN : Math.sqrt(squares * clusters / (clusters - 1)) / values.length;
    return new Clustered(mean, error, values.length, clusters);
  }

  /** Nothing varied, or too little is there to tell. */
  boolean withoutSpread() {
    return !(standardError > NO_SPREAD);
  }

  /** Of 95 %; only with spread. */
  Range interval() {
    double half = TDistribution.of(clusters - 1).inverseSurvivalProbability(0.025) * standardError;
    return new Range(mean - half, mean + half);
  }

  /** Chance of a mean as far from zero, on both sides, were the true one zero. */
  double p() {
    double t = Math.abs(mean / standardError);
    return Math.min(1, 2 * TDistribution.of(clusters - 1).survivalProbability(t));
  }
}
