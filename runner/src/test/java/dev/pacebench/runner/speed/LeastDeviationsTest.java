package dev.pacebench.runner.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.speed.LeastDeviations.Fit;
import dev.pacebench.runner.speed.LeastDeviations.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The robust fit against known truth and against the exact optimum. */
class LeastDeviationsTest {

  private static final double[] INPUTS = {200, 2000, 8000};
  private static final double[] OUTPUTS = {16, 64, 256};

  /** Calls of a tier with 0.4 s fixed, 0.2 ms per input token and 15 ms per output token. */
  private static Point[] calls(int rounds, double noise, double hung, long seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (double input : INPUTS) {
        for (double output : OUTPUTS) {
          double y = 0.4 + 0.0002 * input + 0.015 * output + noise * random.nextGaussian();
          points.add(new Point(input, output, random.nextDouble() < hung ? y + 30 : y));
        }
      }
    }
    return points.toArray(Point[]::new);
  }

  @Test
  void withoutNoiseTheTruthComesBack() {
    Fit fit = LeastDeviations.fit(calls(1, 0, 0, 1)).orElseThrow();

    assertThat(fit.fixed()).isCloseTo(0.4, within(1e-6));
    assertThat(fit.perInput()).isCloseTo(0.0002, within(1e-9));
    assertThat(fit.perOutput()).isCloseTo(0.015, within(1e-8));
  }

  @Test
  void oneHungCallInTwentyMovesNothing() {
    for (long seed = 1; seed <= 20; seed++) {
      Fit fit = LeastDeviations.fit(calls(6, 0.02, 0.05, seed)).orElseThrow();

      assertThat(fit.fixed()).isCloseTo(0.4, within(0.03));
      assertThat(fit.perInput()).isCloseTo(0.0002, within(0.000005));
      assertThat(fit.perOutput()).isCloseTo(0.015, within(0.0003));
    }
  }

  @Test
  void theSumOfDeviationsIsThatOfTheExactOptimum() {
    for (long seed = 1; seed <= 10; seed++) {
      Point[] points = calls(2, 0.1, 0.1, seed);

      Fit fit = LeastDeviations.fit(points).orElseThrow();

      assertThat(deviation(points, fit)).isCloseTo(exactLeast(points), within(1e-4));
    }
  }

  /** A least-deviations plane goes through three points; this tries all triples. */
  private static double exactLeast(Point[] points) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < points.length; i++) {
      for (int j = i + 1; j < points.length; j++) {
        for (int k = j + 1; k < points.length; k++) {
          Fit fit = through(points[i], points[j], points[k]);
          if (fit != null) {
            least = Math.min(least, deviation(points, fit));
          }
        }
      }
    }
    return least;
  }

  private static Fit through(Point p, Point q, Point r) {
    double u1 = q.input() - p.input();
    double o1 = q.output() - p.output();
    double u2 = r.input() - p.input();
    double o2 = r.output() - p.output();
    double determinant = u1 * o2 - u2 * o1;
    if (Math.abs(determinant) < 1e-9) {
      return null;
    }
    double y1 = q.y() - p.y();
    double y2 = r.y() - p.y();
    double b = (y1 * o2 - y2 * o1) / determinant;
    double c = (u1 * y2 - u2 * y1) / determinant;
    return new Fit(p.y() - b * p.input() - c * p.output(), b, c);
  }

  private static double deviation(Point[] points, Fit fit) {
    double sum = 0;
    for (Point p : points) {
      sum +=
          Math.abs(p.y() - fit.fixed() - fit.perInput() * p.input() - fit.perOutput() * p.output());
    }
    return sum;
  }

  @Test
  void oneSizeOfAnswersDecidesNothing() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      points.add(new Point(100 * i, 64, i));
    }

    assertThat(LeastDeviations.fit(points.toArray(Point[]::new))).isEmpty();
    assertThat(LeastDeviations.fit(new Point[0])).isEmpty();
  }
}
