package dev.pacebench.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskClustersTest {

  /** Rows of 0 and 1, one per task; figures computed by hand and checked against statsmodels. */
  @Test
  void clusteredErrorAndIntervalMatchTheOracle() {
    TaskClusters clusters = clusters("111", "110", "010", "000");
    assertThat(clusters.mean()).isEqualTo(0.5);
    assertThat(clusters.standardError()).isCloseTo(0.215166, within(1e-6));
    Interval interval = clusters.intervalOfAnySize();
    assertThat(interval.lo()).isCloseTo(-0.184753, within(1e-6));
    assertThat(interval.hi()).isCloseTo(1.184753, within(1e-6));
    assertThat(interval.method()).isEqualTo("t_over_tasks");
    assertThat(interval.shownLo()).isZero();
    assertThat(interval.shownHi()).isEqualTo(1);
  }

  @Test
  void unequalTrialsPerTaskKeepTheIntervalAroundTheAccuracyShown() {
    // mean 3/4; task sums of deviations 3/4 - ... = (3 - 9/4) and (0 - 3/4): 0.75 and -0.75.
    TaskClusters clusters = clusters("111", "0");
    assertThat(clusters.mean()).isEqualTo(0.75);
    assertThat(clusters.standardError())
        .isCloseTo(Math.sqrt(2 * 2 * 0.75 * 0.75) / 4, within(1e-12));
    Interval interval = clusters.intervalOfAnySize();
    assertThat((interval.lo() + interval.hi()) / 2).isCloseTo(0.75, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "52, 89, 0.480471, 0.681095",
    "41, 89, 0.360897, 0.563705",
    "0, 10, 0, 0.277533",
    "10, 10, 0.722467, 1",
    "1, 1, 0.206549, 1",
    "344, 445, 0.731876, 0.809518",
  })
  void wilsonMatchesTheOracles(int solved, int n, double lo, double hi) {
    Interval interval = TaskClusters.wilson((double) solved / n, n);
    assertThat(interval.lo()).isCloseTo(lo, within(1e-6));
    assertThat(interval.hi()).isCloseTo(hi, within(1e-6));
  }

  @Test
  void tasksThatAllCameOutAlikeStillHaveAnIntervalWithWidth() {
    TaskClusters clusters = clusters("11 11 11 11 11 11 11 11 11 11".split(" "));
    assertThat(clusters.interval()).contains(TaskClusters.wilson(1, 10));
    TaskClusters halves = clusters("10 10 10 10 10 10 10 10 10 10".split(" "));
    assertThat(halves.interval()).contains(TaskClusters.wilson(0.5, 10));
  }

  @Test
  void belowTenTasksThereIsNoInterval() {
    assertThat(clusters("1 0 1 0 1 0 1 0 1".split(" ")).interval()).isEmpty();
    assertThat(clusters("1 0 1 0 1 0 1 0 1 0".split(" ")).interval()).isPresent();
    assertThat(clusters("1").standardError()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"'1', 1", "'1 2', 1.5", "'9 1 5', 5", "'4 1 2 3', 2.5"})
  void medianInterpolates(String data, double median) {
    var numbers = java.util.Arrays.stream(data.split(" ")).map(Double::valueOf).toList();
    assertThat(Quantiles.median(numbers)).hasValue(median);
  }

  @Test
  void quartilesFollowTypeSeven() {
    var numbers = java.util.List.of(1.0, 2.0, 3.0, 4.0);
    assertThat(Quantiles.quantile(numbers, 0.25)).hasValue(1.75);
    assertThat(Quantiles.quantile(numbers, 1)).hasValue(4);
    assertThat(Quantiles.median(java.util.List.of())).isEmpty();
  }

  private static TaskClusters clusters(String... rows) {
    TaskClusters clusters = new TaskClusters();
    for (int task = 0; task < rows.length; task++) {
      String name = String.format(Locale.ROOT, "task-%d", task);
      rows[task].chars().forEach(c -> clusters.add(name, c == '1'));
    }
    return clusters;
  }
}
