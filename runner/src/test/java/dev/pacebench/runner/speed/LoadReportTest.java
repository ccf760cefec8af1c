package dev.pacebench.runner.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.speed.LoadReport.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open-loop arrivals and what is taken from them. */
class LoadReportTest {

  private static final ProbePlan.Step STEP = new ProbePlan.Step(0, 1, 200, 64);
  private static final Made MADE = new Made(0.1, 0.2, 0, 0.01, 0);

  private static Arrival arrival(double lateSeconds) {
    Sample sample = new Sample(STEP, 1, MADE.call(200, 64, new Random(1)), false);
    return new Arrival(Made.START - (long) (lateSeconds * 1e9), Optional.of(sample));
  }

  @Test
  void timesCountFromWhenACallWasDue() {
    List<Arrival> arrivals = List.of(arrival(0), arrival(1), arrival(10));

    LoadReport report = LoadReport.of(Made.tier("t"), 3, 1, arrivals, 2);

    double whole = 0.1 + 0.2 + 63 * 0.01;
    assertThat(report.wanted()).isEqualTo(5);
    assertThat(report.answered()).isEqualTo(3);
    assertThat(report.notSent()).isEqualTo(2);
    assertThat(report.latency().get(0).value()).isCloseTo(1 + whole, within(1e-6));
    assertThat(report.queue().get(0).value()).isCloseTo(1, within(1e-6));
    assertThat(report.firstToken().get(0).value()).isCloseTo(1.3, within(1e-6));
    assertThat(report.latency()).extracting(Quantile::enough).containsOnly(false);
  }

  @Test
  void whatWasGivenUpIsCountedBeside() {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(arrival(0));
    Sample good = arrivals.get(0).sample().orElseThrow();
    arrivals.add(new Arrival(0, Optional.empty()));
    arrivals.add(new Arrival(0, Optional.of(new Sample(STEP, 2, good.call(), true))));
    arrivals.add(new Arrival(0, Optional.of(new Sample(STEP, 3, Made.failed(good.call()), false))));

    LoadReport report = LoadReport.of(Made.tier("t"), 3, 1, arrivals, 0);

    assertThat(report.answered()).isEqualTo(1);
    assertThat(report.unfinished()).isEqualTo(2);
    assertThat(report.failed()).isEqualTo(1);
  }

  @Test
  void constantArrivalsAreEquallyFarApart() {
    assertThat(Arrivals.CONSTANT.offsets(4, 1, 1))
        .containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L);
  }

  @Test
  void poissonArrivalsHaveTheirRateAndTheirSpread() {
    List<Long> offsets = Arrivals.POISSON.offsets(100, 100, 7);

    assertThat(offsets).isSorted().hasSizeBetween(9_700, 10_300);
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < offsets.size(); i++) {
      gaps.add((offsets.get(i) - offsets.get(i - 1)) / 1e9);
    }
    double mean = gaps.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double longer = gaps.stream().filter(gap -> gap > mean).count() / (double) gaps.size();
    // Exponential gaps exceed their mean once in e.
    assertThat(longer).isCloseTo(1 / Math.E, within(0.02));
    assertThat(Arrivals.POISSON.offsets(100, 1, 7))
        .isNotEqualTo(Arrivals.POISSON.offsets(100, 1, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8000/v1, true",
    "http://[::1]:8000, true",
    "http://10.1.2.3, true",
    "https://192.168.7.8/v1, true",
    "http://172.16.0.9, true",
    "http://[fd00::1], true",
    "http://172.32.0.1, false",
    "https://203.0.113.5/v1, false",
    "http://[2001:db8::1], false",
    "not a url, false"
  })
  void onlyOwnAddressesMayBeLoaded(String url, boolean own) {
    assertThat(Addresses.isPrivate(url)).isEqualTo(own);
  }
}
