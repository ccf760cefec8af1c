package dev.pacebench.leaderboard.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplesTest {

  @Test
  void eachReplicateDrawsAsManyTasksAsThereAreAndTheSameEachTime() {
    Resamples resamples = new Resamples(50, 10, 3);
    assertThat(Arrays.stream(resamples.counts(4)).sum()).isEqualTo(50);
    assertThat(resamples.counts(4)).containsExactly(new Resamples(50, 10, 3).counts(4));
    assertThat(resamples.counts(4)).isNotEqualTo(resamples.counts(5));
    assertThat(resamples.counts(4)).isNotEqualTo(new Resamples(50, 10, 4).counts(4));
  }

  @Test
  void theSeedDependsOnTheDigestsNotOnTheirOrder() {
    assertThat(Resamples.seed(List.of("a", "b"))).isEqualTo(Resamples.seed(List.of("b", "a")));
    assertThat(Resamples.seed(List.of("ab"))).isNotEqualTo(Resamples.seed(List.of("a", "b")));
  }

  /** Standard error of the bootstrap: the root of (n - 1) / n times s over the root of n. */
  @Test
  void replicatesVaryAsMuchAsTheFormulaSays() {
    double[] x = {0, 0.2, 0.6, 1};
    assertThat(spread(x, 40_000)).isCloseTo(0.192029, within(0.003));
    double[] many = new double[400];
    Arrays.setAll(many, i -> i % 2);
    assertThat(spread(many, 4_000)).isCloseTo(0.5 / 20, within(0.0015));
  }

  /** Neighbours that shared their draws would vary less together than the formula says. */
  @Test
  void neighbouringReplicatesHaveNothingInCommon() {
    Resamples resamples = new Resamples(400, 2_000, 11);
    double products = 0;
    double last = 0;
    for (int b = 0; b < resamples.replicates(); b++) {
      int[] counts = resamples.counts(b);
      double odd = 0;
      for (int t = 1; t < counts.length; t += 2) {
        odd += counts[t] - 1;
      }
      products += b > 0 ? odd * last : 0;
      last = odd;
    }
    // One replicate's variance is 400 / 4; the mean of 2,000 products has an error of 2.2.
    assertThat(products / resamples.replicates()).isBetween(-10.0, 10.0);
  }

  private static double spread(double[] x, int replicates) {
    Resamples resamples = new Resamples(x.length, replicates, 7);
    double sum = 0;
    double squares = 0;
    for (int b = 0; b < replicates; b++) {
      int[] counts = resamples.counts(b);
      double mean = 0;
      for (int t = 0; t < x.length; t++) {
        mean += counts[t] * x[t] / x.length;
      }
      sum += mean;
      squares += mean * mean;
    }
    double mean = sum / replicates;
    return Math.sqrt(squares / replicates - mean * mean);
  }
}
