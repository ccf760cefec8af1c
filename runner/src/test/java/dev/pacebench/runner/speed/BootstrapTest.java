package dev.pacebench.runner.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals of data whose truth is known. */
class BootstrapTest {

  private static final Bootstrap.Figure<Double> MEAN =
      data -> Optional.of(data.stream().mapToDouble(Double::doubleValue).average().orElseThrow());

  private static final Bootstrap.Figure<Double> MEDIAN =
      data ->
          Optional.of(Quantile.median(data.stream().mapToDouble(Double::doubleValue).toArray()));

  /** Pairs that share most of their noise, as calls of one conversation do. */
  private static List<List<Double>> pairs(int count, double mean, long seed) {
    Random random = new Random(seed);
    List<List<Double>> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double shared = random.nextGaussian();
      clusters.add(
          List.of(
              mean + shared + 0.2 * random.nextGaussian(),
              mean + shared + 0.2 * random.nextGaussian()));
    }
    return clusters;
  }

  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    int held = 0;
    for (long seed = 1; seed <= 300; seed++) {
      Estimate mean = Bootstrap.of(pairs(27, 10, seed), MEAN, 400, seed).orElseThrow();
      held += mean.contains(10) ? 1 : 0;
    }

    // 285 are expected; three standard errors are 11.
    assertThat(held).isBetween(270, 296);
  }

  @Test
  void ratiosHoldTheTruth() {
    int held = 0;
    for (long seed = 1; seed <= 200; seed++) {
      Estimate ratio =
          Bootstrap.ratio(pairs(27, 10, seed), pairs(27, 5, seed + 1000), MEDIAN, 400, seed)
              .orElseThrow();
      held += ratio.contains(0.5) ? 1 : 0;
    }

    assertThat(held).isBetween(178, 199);
  }

  @Test
  void theSameSeedGivesTheSameBounds() {
    List<List<Double>> data = pairs(20, 3, 1);

    assertThat(Bootstrap.of(data, MEDIAN, 500, 7)).isEqualTo(Bootstrap.of(data, MEDIAN, 500, 7));
    assertThat(Bootstrap.of(data, MEAN, 500, 7)).isNotEqualTo(Bootstrap.of(data, MEAN, 500, 8));
  }

  @Test
  void theSpreadIsThatOfAResample() {
    // Bootstrap standard error of four values, from all 256 resamples: 0.192029; widened by √(4/3).
    List<List<Double>> data = List.of(List.of(0.0), List.of(0.2), List.of(0.6), List.of(1.0));

    Estimate mean = Bootstrap.of(data, MEAN, 20_000, 1).orElseThrow();

    // Nearest-rank bounds over all 256 resamples: 0.1 and 0.8, around 0.45.
    double wider = Math.sqrt(4 / 3.0);
    assertThat(mean.value()).isCloseTo(0.45, within(1e-12));
    assertThat(mean.lo()).isCloseTo(0.45 - wider * 0.35, within(1e-9));
    assertThat(mean.hi()).isCloseTo(0.45 + wider * 0.35, within(1e-9));
  }

  @Test
  void aFigureThatMostDrawsLackHasNoInterval() {
    Bootstrap.Figure<Double> picky =
        data -> data.contains(1.0) ? Optional.of(1.0) : Optional.empty();

    assertThat(Bootstrap.of(List.of(List.of(1.0), List.of(2.0)), picky, 500, 1)).isEmpty();
    assertThat(Bootstrap.of(List.of(List.of(1.0)), MEAN, 500, 1)).isEmpty();
  }

  @Test
  void aRatioToWhatMayBeNothingIsNotGiven() {
    assertThat(Bootstrap.ratio(pairs(20, 0.1, 1), pairs(20, 5, 2), MEAN, 400, 1)).isEmpty();
  }

  @Test
  void quantilesInterpolateAndSayWhenTheyRestOnTooLittle() {
    double[] data = new double[100];
    for (int i = 0; i < data.length; i++) {
      data[i] = data.length - i;
    }

    assertThat(Quantile.of(data, 0.5)).isEqualTo(new Quantile(0.5, 50.5, true));
    assertThat(Quantile.of(data, 0.9).value()).isCloseTo(90.1, within(1e-9));
    assertThat(Quantile.of(data, 0.95).enough()).isTrue();
    assertThat(Quantile.of(data, 0.99).enough()).isFalse();
  }
}
