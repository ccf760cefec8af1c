package dev.pacebench.runner.speed;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fits y = a + b·u + c·o so that the sum of the absolute deviations is least.
 *
 * <p>A few calls that hung move such a fit little, where least squares would follow them. Solved by
 * least squares whose weights are the inverse deviations of the step before (Schlossmacher 1973);
 * tested against the exact optimum over all triples of points.
 */
final class LeastDeviations {

  private static final int UNKNOWNS = 3;
  private static final int MOST_STEPS = 60;
  private static final double SMALLEST_PIVOT = 1e-9;
  private static final double STILL = 1e-10;

  /**
   * A fit.
   *
   * @param fixed a, what every call costs
   * @param perInput b, what each input token that was not cached adds
   * @param perOutput c, what each output token adds
   */
  record Fit(double fixed, double perInput, double perOutput) {}

  /** One call. */
  record Point(double input, double output, double y) {}

  private LeastDeviations() {}

  /** The fit, or nothing where the points do not decide it, such as with one size of answers. */
  static Optional<Fit> fit(Point[] points) {
    if (points.length < UNKNOWNS + 1) {
      return Optional.empty();
    }
    double[] scale = {
      1,
      Math.max(1e-12, Arrays.stream(points).mapToDouble(p -> Math.abs(p.input())).max().orElse(1)),
      Math.max(1e-12, Arrays.stream(points).mapToDouble(p -> Math.abs(p.output())).max().orElse(1)),
    };
    double height = Arrays.stream(points).mapToDouble(p -> Math.abs(p.y())).max().orElse(0);
    double[] weights = new double[points.length];
    Arrays.fill(weights, 1);
    double[] best = solve(points, weights, scale);
    double least = best == null ? 0 : deviation(points, best, scale);
    double smallest = Math.max(height * 1e-9, Double.MIN_NORMAL);
    double[] now = best;
    for (int step = 0; now != null && step < MOST_STEPS; step++) {
      for (int i = 0; i < points.length; i++) {
        weights[i] = 1 / Math.max(smallest, Math.abs(residual(points[i], now, scale)));
      }
      double[] next = solve(points, weights, scale);
      if (next == null) {
        break;
      }
      double sum = deviation(points, next, scale);
      boolean still = Math.abs(sum - least) <= STILL * Math.max(least, smallest);
      if (sum < least) {
        least = sum;
        best = next;
      }
      if (still && step > 2) {
        break;
      }
      now = next;
    }
    return best == null
        ? Optional.empty()
        : Optional.of(new Fit(best[0], best[1] / scale[1], best[2] / scale[2]));
  }

  private static double residual(Point point, double[] x, double[] scale) {
    return point.y() - x[0] - x[1] * point.input() / scale[1] - x[2] * point.output() / scale[2];
  }

  private static double deviation(Point[] points, double[] x, double[] scale) {
    double sum = 0;
    for (Point point : points) {
      sum += Math.abs(residual(point, x, scale));
    }
    return sum;
  }

  /** Weighted least squares by its normal equations; null when they have no one solution. */
  private static double @Nullable [] solve(Point[] points, double[] weights, double[] scale) {
    double[][] m = new double[UNKNOWNS][UNKNOWNS + 1];
    double total = 0;
    double[] row = new double[UNKNOWNS];
    for (int i = 0; i < points.length; i++) {
      row[0] = 1;
      row[1] = points[i].input() / scale[1];
      row[2] = points[i].output() / scale[2];
      total += weights[i];
      for (int a = 0; a < UNKNOWNS; a++) {
        for (int b = 0; b < UNKNOWNS; b++) {
          m[a][b] += weights[i] * row[a] * row[b];
        }
        m[a][UNKNOWNS] += weights[i] * row[a] * points[i].y();
      }
    }
    for (double[] line : m) {
      for (int b = 0; b <= UNKNOWNS; b++) {
        line[b] /= total;
      }
    }
    return eliminate(m);
  }

  private static double @Nullable [] eliminate(double[][] m) {
    for (int pivot = 0; pivot < UNKNOWNS; pivot++) {
      int largest = pivot;
      for (int r = pivot + 1; r < UNKNOWNS; r++) {
        if (Math.abs(m[r][pivot]) > Math.abs(m[largest][pivot])) {
          largest = r;
        }
      }
      double[] swap = m[pivot];
      m[pivot] = m[largest];
      m[largest] = swap;
      if (!(Math.abs(m[pivot][pivot]) > SMALLEST_PIVOT)) {
        return null;
      }
      for (int r = 0; r < UNKNOWNS; r++) {
        if (r != pivot) {
          double factor = m[r][pivot] / m[pivot][pivot];
          for (int c = pivot; c <= UNKNOWNS; c++) {
            m[r][c] -= factor * m[pivot][c];
          }
        }
      }
    }
    double[] x = new double[UNKNOWNS];
    for (int i = 0; i < UNKNOWNS; i++) {
      x[i] = m[i][UNKNOWNS] / m[i][i];
    }
    return x;
  }
}
