package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Intervals by drawing conversations anew, all calls of one together, since calls of one
 * conversation resemble each other.
 *
 * <p>The bounds are nearest-rank percentiles, widened around the figure by √(n/(n−1)), which a
 * bootstrap over n clusters lacks. Draws that a figure cannot be had from are left out; where that
 * is more than one in twenty, there is no interval. The same seed gives the same bounds.
 */
final class Bootstrap {

  static final int REPLICATES = 2000;
  private static final double TAIL = 0.025;
  private static final double MOST_FAILED = 0.05;

  /** A figure of measured calls, where it can be had from them. */
  interface Figure<T> extends Function<List<T>, Optional<Double>> {}

  private Bootstrap() {}

  /** A figure with its interval; nothing where either cannot be had. */
  static <T> Optional<Estimate> of(
      List<List<T>> clusters, Figure<T> figure, int replicates, long seed) {
    Optional<Double> value = figure.apply(flat(clusters)).filter(Double::isFinite);
    if (value.isEmpty() || clusters.size() < 2) {
      return Optional.empty();
    }
    return bounds(
        value.get(), draws(clusters, figure, replicates, seed), replicates, clusters.size());
  }

  /**
   * How a figure of one group compares with that of another: the second divided by the first.
   * Nothing unless both are surely above zero, since a ratio to what may be nothing says nothing.
   */
  static <T> Optional<Estimate> ratio(
      List<List<T>> first, List<List<T>> second, Figure<T> figure, int replicates, long seed) {
    Optional<Estimate> below = of(first, figure, replicates, seed);
    Optional<Estimate> above = of(second, figure, replicates, seed + 1);
    if (below.filter(e -> e.lo() > 0).isEmpty() || above.filter(e -> e.lo() > 0).isEmpty()) {
      return Optional.empty();
    }
    double[] one = draws(first, figure, replicates, seed + 2);
    double[] other = draws(second, figure, replicates, seed + 3);
    int pairs = Math.min(one.length, other.length);
    double[] ratios = new double[pairs];
    int count = 0;
    for (int i = 0; i < pairs; i++) {
      if (one[i] > 0) {
        ratios[count++] = other[i] / one[i];
      }
    }
    double value = above.get().value() / below.get().value();
    int smaller = Math.min(first.size(), second.size());
    return bounds(value, Arrays.copyOf(ratios, count), replicates, smaller);
  }

  private static Optional<Estimate> bounds(
      double value, double[] draws, int replicates, int clusters) {
    if (draws.length < replicates * (1 - MOST_FAILED)) {
      return Optional.empty();
    }
    Arrays.sort(draws);
    double wider = Math.sqrt(clusters / (clusters - 1.0));
    double lo = value + wider * (rank(draws, TAIL) - value);
    double hi = value + wider * (rank(draws, 1 - TAIL) - value);
    return Optional.of(new Estimate(value, Math.min(lo, value), Math.max(hi, value)));
  }

  private static double rank(double[] sorted, double q) {
    int place = (int) Math.ceil(q * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, place))];
  }

  private static <T> double[] draws(
      List<List<T>> clusters, Figure<T> figure, int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[replicates];
    int count = 0;
    List<T> drawn = new ArrayList<>();
    for (int r = 0; r < replicates; r++) {
      drawn.clear();
      for (int i = 0; i < clusters.size(); i++) {
        drawn.addAll(clusters.get(random.nextInt(clusters.size())));
      }
      Optional<Double> value = figure.apply(drawn).filter(Double::isFinite);
      if (value.isPresent()) {
        values[count++] = value.get();
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static <T> List<T> flat(List<List<T>> clusters) {
    List<T> all = new ArrayList<>();
    clusters.forEach(all::addAll);
    return all;
  }
}
