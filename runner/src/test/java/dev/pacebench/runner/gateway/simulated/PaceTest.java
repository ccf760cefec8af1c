package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link Pace}. */
class PaceTest {

  private static final long MILLI = 1_000_000;

  private static SimulatedTier tier(double jitter, int perFrame) {
    return new SimulatedTier(
        Duration.ofMillis(200),
        1000,
        perFrame,
        jitter,
        Duration.ofMillis(77),
        Duration.ofMillis(30),
        10_000,
        1,
        SimulatedTier.Faults.NONE);
  }

  @Test
  void waitsAddUpToTheFirstTokenAndTokensFollowAtTheirPace() {
    Pace pace = new Pace(tier(0, 1), new Draws(1), 500, 1);

    assertThat(pace.due(Pace.OPENING)).isEqualTo(30 * MILLI);
    assertThat(pace.due(1)).isEqualTo((30 + 50 + 200) * MILLI);
    assertThat(pace.due(2)).isEqualTo((280 + 1) * MILLI);
    assertThat(pace.due(1001)).isEqualTo((280 + 1000) * MILLI);
  }

  @Test
  void aFrameOfSeveralTokensIsDueWithItsLastOne() {
    Pace pace = new Pace(tier(0, 4), new Draws(1), 0, 4);

    assertThat(pace.due(4)).isEqualTo(230 * MILLI);
    assertThat(pace.due(8) - pace.due(4)).isEqualTo(4 * MILLI);
  }

  @Test
  void jitterMovesEveryInstantWithinItsShareAndNeverThePace() {
    List<Long> gaps = new ArrayList<>();
    Pace pace = new Pace(tier(0.5, 1), new Draws(1), 0, 1);
    for (int token = 2; token < 20_000; token++) {
      gaps.add(pace.due(token + 1) - pace.due(token));
    }

    assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(MILLI / 2, 3 * MILLI / 2));
    assertThat(gaps.stream().distinct().count()).isGreaterThan(19_000);
    // No drift: the last token is as much off as any other.
    assertThat(pace.due(20_000) - pace.due(1)).isCloseTo(19_999 * MILLI, within(MILLI / 2));
  }

  @Test
  void jitterSpreadsTheWaitsOfDifferentCalls() {
    List<Long> firsts = new ArrayList<>();
    for (int seed = 0; seed < 2000; seed++) {
      firsts.add(new Pace(tier(0.25, 1), new Draws(seed), 0, 1).due(1) / MILLI);
    }

    assertThat(firsts).allSatisfy(first -> assertThat(first).isBetween(172L, 288L));
    assertThat(firsts).anyMatch(first -> first < 185).anyMatch(first -> first > 275);
    assertThat(firsts.stream().mapToLong(f -> f).average().orElse(0)).isCloseTo(230, within(3.0));
  }

  @Test
  void equalSeedsGiveEqualSchedules() {
    Pace one = new Pace(tier(1, 1), new Draws(4), 10, 1);
    Pace same = new Pace(tier(1, 1), new Draws(4), 10, 1);
    Pace other = new Pace(tier(1, 1), new Draws(5), 10, 1);

    for (int token = -1; token < 100; token++) {
      assertThat(same.due(token)).isEqualTo(one.due(token));
    }
    assertThat(other.due(50)).isNotEqualTo(one.due(50));
  }

  @Test
  void withoutGenerationOnlyTheInputTakesTime() {
    Pace pace = new Pace(tier(0, 1), new Draws(1), 500, 0);

    assertThat(pace.due(0)).isEqualTo(80 * MILLI);
  }
}
