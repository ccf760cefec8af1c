package dev.pacebench.leaderboard.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Readable}. */
class ReadableTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.123456789Z, 2026-01-02 03:04:05 UTC",
    "2026-01-02T03:04:05Z, 2026-01-02 03:04:05 UTC",
    "not yet, not yet"
  })
  void aMomentIsToldToTheSecondWithItsZone(String iso, String shown) {
    assertThat(Readable.moment(iso)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.1, 0.1", "0.33333, 0.3333", "100, 100", "NaN, –"})
  void aNumberHasNoDigitThatSaysNothing(double value, String shown) {
    assertThat(Readable.number(value)).isEqualTo(shown);
  }

  @Test
  void rewardsAreToldByName() {
    assertThat(Readable.rewards(Map.of("reward", 0.0, "partial", 0.5)))
        .isEqualTo("partial 0.5, reward 0");
  }
}
